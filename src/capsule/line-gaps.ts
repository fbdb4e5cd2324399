/** Counts what was wrong with the lines of one file and says it in one sentence a kind. */

export class LineGaps {
  private readonly file: string;
  private readonly kinds = new Map<string, { count: number; firstLine: number }>();
  private readonly cuts: string[] = [];

  constructor(file: string) {
    this.file = file;
  }

  /** `what` completes "line 7: …". */
  bad(lineNumber: number, what: string): void {
    const kind = this.kinds.get(what);
    if (kind === undefined) this.kinds.set(what, { count: 1, firstLine: lineNumber });
    else kind.count += 1;
  }

  /** The stream ended early. */
  readonly cut = (reason: string): void => {
    this.cuts.push(reason);
  };

  /** `kept` says how much could be read, e.g. `1,204 spans`. */
  sentences(kept: string): string[] {
    const bad = [...this.kinds].map(([what, { count, firstLine }]) => {
      const where = count === 1 ? `line ${firstLine}` : `${count} lines, the first is line ${firstLine}`;
      return `${this.file}: ${where}: ${what}; skipped, ${kept} were read.`;
    });
    return [...bad, ...this.cuts.map((reason) => `${this.file}: cut off or damaged (${reason}); ${kept} were read up to there.`)];
  }
}
