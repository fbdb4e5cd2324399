/** What a diff adds and removes, in any of the usual notations; context lines, headers and comments are left out. */

export interface DiffLines {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Paths named by headers (`+++ b/x`, `@@ x @@`), without `a/` and `b/`. */
  readonly files: readonly string[];
}

const MAX_CHARACTERS = 200_000;
const MAX_LINE = 500;
/** A comment runs nowhere: whatever it claims, the change does not do it. */
const COMMENT = /^(?:\/\/|\/\*|\*(?:\s|\/|$)|#(?:[\s!]|$)|--\s|<!--|;\s)/;
const PATH = /[\w@.-]+(?:\/[\w@.-]+)+\.\w+|[\w-]+\.\w{1,10}/;

export const diffLines = (diff: string | null): DiffLines => {
  const added: string[] = [];
  const removed: string[] = [];
  const files = new Set<string>();
  if (diff === null) return { added, removed, files: [] };
  for (const raw of diff.slice(0, MAX_CHARACTERS).split('\n')) {
    const line = raw.slice(0, MAX_LINE);
    const header = line.startsWith('+++') || line.startsWith('---') || line.startsWith('@@');
    if (header) {
      const path = PATH.exec(line.replace(/^(?:\+\+\+|---|@@)\s*(?:[ab]\/)?/, ''))?.[0];
      if (path !== undefined) files.add(path);
      continue;
    }
    const code = line.slice(1).trim();
    if (COMMENT.test(code)) continue;
    if (line.startsWith('+')) added.push(code);
    else if (line.startsWith('-')) removed.push(code);
  }
  return { added, removed, files: [...files] };
};
