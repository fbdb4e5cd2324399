/** What a diff adds and removes, in any of the usual notations; context lines, headers and comments are left out. */

export interface DiffLines {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Paths named by headers (`+++ b/x`, `@@ x @@`), without `a/` and `b/`. */
  readonly files: readonly string[];
  /** What stands around the changed lines: unchanged lines and what headers say after the path, such as the function's name. */
  readonly context: readonly string[];
  /** Lines that changed places with each other within their hunk, or with unchanged ones, and these: their order changed, though no line did. */
  readonly reordered: readonly string[];
}

const MAX_CHARACTERS = 200_000;
const MAX_LINE = 500;
/** Remarks that somebody wrote into a diff. */
const NOTE = /^@@\s*note\b/i;
/** A comment runs nowhere: whatever it claims, the change does not do it. */
const COMMENT = /^(?:\/\/|#(?!include|define|\[)|--\s|\/?\*|<!--|;|"""|''')|^\s*$/;
export const withoutRemark = (line: string): string => line.replace(/\s(?:\/\/|#|--)\s.*$/, '');
const PATH = /[\w@.-]+(?:\/[\w@.-]+)+\.\w+|[\w-]+\.\w{1,10}/;

/** Braces, returns of errors: they stand everywhere, and that one went and another came is no move. */
const MIN_MOVED = 12;

/** Lines of one hunk: sign and text. */
type SignedLines = readonly (readonly [string, string])[];

const reorderedIn = (hunk: SignedLines): readonly string[] => {
  const places = new Map<string, { removed: number; added: number }>();
  for (const [index, [sign, text]] of hunk.entries()) {
    if (sign === ' ' || text.length < MIN_MOVED) continue;
    const place = places.get(text) ?? { removed: -1, added: -1 };
    if (sign === '-') place.removed = index;
    else place.added = index;
    places.set(text, place);
  }
  const moved = [...places].filter(([, { removed, added }]) => removed >= 0 && added >= 0);
  const now = [...moved].sort(([, a], [, b]) => a.added - b.added);
  const isSwapped = now.some(([, { removed }], index) => removed < (now[index - 1]?.[1].removed ?? removed));
  let [from, until] = [hunk.length, -1];
  for (const [, { removed, added }] of moved) {
    from = Math.min(from, removed, added);
    until = Math.max(until, removed, added);
  }
  const crossed = hunk.slice(from, until + 1).filter(([sign]) => sign === ' ').map(([, text]) => text);
  return crossed.length === 0 && !isSwapped ? [] : [...crossed, ...moved.map(([text]) => text)];
};

export const diffLines = (diff: string | null): DiffLines => {
  const added: string[] = [];
  const removed: string[] = [];
  const files = new Set<string>();
  const context: string[] = [];
  const reordered: string[] = [];
  if (diff === null) return { added, removed, files: [], context, reordered };
  let hunk: (readonly [string, string])[] = [];
  for (const raw of diff.slice(0, MAX_CHARACTERS).split('\n')) {
    const line = raw.slice(0, MAX_LINE);
    const header = line.startsWith('+++') || line.startsWith('---') || line.startsWith('@@');
    if (header) {
      reordered.push(...reorderedIn(hunk));
      hunk = [];
      const path = PATH.exec(line.replace(/^(?:\+\+\+|---|@@)\s*(?:[ab]\/)?/, ''))?.[0];
      if (path !== undefined) files.add(path);
      const rest = /^@@.*(?:@@|:)\s*(\S.*)$/.exec(line)?.[1];
      if (rest !== undefined && !NOTE.test(line)) context.push(rest.trim());
      continue;
    }
    const code = line.slice(1).trim();
    if (COMMENT.test(code)) continue;
    if (/^[-+ ]/.test(line)) hunk.push([line.slice(0, 1), withoutRemark(code)]);
    if (line.startsWith('+')) added.push(code);
    else if (line.startsWith('-')) removed.push(code);
    else if (line.startsWith(' ')) context.push(line.trim());
  }
  reordered.push(...reorderedIn(hunk));
  return { added, removed, files: [...files], context, reordered };
};

/** How errors are handed on and answers written, in every handler alike. */
const PLUMBING = /(?:if\s*)?err\s*[!=]=\s*nil|return (?:nil, )?err\b|\berr\.Error\(\)|(?:http\.Error|(?:write|send|respond|render)\w*(?:Error|JSON|Json))\([^)]{0,120}\)?|http\.Status\w+|\b(?:decode|parse|bind|read)\w{0,40}(?:\[\w{1,60}\])?\((?:r|req|ctx|request)\b[^)]{0,40}\)|json\.NewDecoder\([^)]{0,40}\)\.Decode\([^)]{0,40}\)/g;

/** Lines that really differ: what merely moved, and how errors are handed on, say nothing. */
export const codeLines = ({ added, removed }: Pick<DiffLines, 'added' | 'removed'>): readonly string[] => {
  const [plus, minus] = [new Set(added), new Set(removed)];
  const net = [...added.filter((line) => !minus.has(line)), ...removed.filter((line) => !plus.has(line))];
  return net.map((line) => withoutRemark(line.replaceAll(PLUMBING, '')));
};
