/** What a diff adds and removes, in any of the usual notations; context lines, headers and comments are left out. */

export interface DiffLines {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Paths named by headers (`+++ b/x`, `@@ x @@`), without `a/` and `b/`. */
  readonly files: readonly string[];
  /** What stands around the changed lines: unchanged lines and what headers say after the path, such as the function's name. */
  readonly context: readonly string[];
}

const MAX_CHARACTERS = 200_000;
const MAX_LINE = 500;
/** Remarks that somebody wrote into a diff. */
const NOTE = /^@@\s*note\b/i;
/** A comment runs nowhere: whatever it claims, the change does not do it. */
const COMMENT = /^(?:\/\/|#(?!include|define|\[)|--\s|\/?\*|<!--|;|"""|''')|^\s*$/;
const PATH = /[\w@.-]+(?:\/[\w@.-]+)+\.\w+|[\w-]+\.\w{1,10}/;

export const diffLines = (diff: string | null): DiffLines => {
  const added: string[] = [];
  const removed: string[] = [];
  const files = new Set<string>();
  const context: string[] = [];
  if (diff === null) return { added, removed, files: [], context };
  for (const raw of diff.slice(0, MAX_CHARACTERS).split('\n')) {
    const line = raw.slice(0, MAX_LINE);
    const header = line.startsWith('+++') || line.startsWith('---') || line.startsWith('@@');
    if (header) {
      const path = PATH.exec(line.replace(/^(?:\+\+\+|---|@@)\s*(?:[ab]\/)?/, ''))?.[0];
      if (path !== undefined) files.add(path);
      const rest = /^@@.*(?:@@|:)\s*(\S.*)$/.exec(line)?.[1];
      if (rest !== undefined && !NOTE.test(line)) context.push(rest.trim());
      continue;
    }
    const code = line.slice(1).trim();
    if (COMMENT.test(code)) continue;
    if (line.startsWith('+')) added.push(code);
    else if (line.startsWith('-')) removed.push(code);
    else if (line.startsWith(' ')) context.push(line.trim());
  }
  return { added, removed, files: [...files], context };
};

/** How errors are handed on and answers written, in every handler alike. */
const PLUMBING = /(?:if\s*)?err\s*[!=]=\s*nil|return (?:nil, )?err\b|\berr\.Error\(\)|(?:http\.Error|(?:write|send|respond|render)\w*(?:Error|JSON|Json))\([^)]{0,120}\)?|http\.Status\w+|\b(?:decode|parse|bind|read)\w{0,40}(?:\[\w{1,60}\])?\((?:r|req|ctx|request)\b[^)]{0,40}\)|json\.NewDecoder\([^)]{0,40}\)\.Decode\([^)]{0,40}\)/g;

/** Lines that really differ: what merely moved, and how errors are handed on, say nothing. */
export const codeLines = ({ added, removed }: Pick<DiffLines, 'added' | 'removed'>): readonly string[] => {
  const [plus, minus] = [new Set(added), new Set(removed)];
  const net = [...added.filter((line) => !minus.has(line)), ...removed.filter((line) => !plus.has(line))];
  return net.map((line) => line.replaceAll(PLUMBING, '').replace(/\s(?:\/\/|#|--)\s.*$/, ''));
};
