/** Which lines of which files a diff edits, and what they stand in: a stack frame names all three. */

export interface Hunk {
  readonly file: string;
  /** Lines of the new file, both included. */
  readonly from: number;
  readonly until: number;
  /** Names of the function or class that the header tells, and of those that the hunk itself defines or holds. */
  readonly scopes: ReadonlySet<string>;
}

const MAX_CHARS = 200_000;
const MAX_HUNKS = 500;
const MAX_SCOPES = 100;
const HEADER = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@(.*)$/;
const TARGET = /^\+\+\+ (?:b\/)?(\S+)/;
/** A definition, in the notations of Go, Rust, Python, Ruby, Kotlin, Swift, JavaScript, PHP and those that put the type in front. */
const DEFINED = /\b(?:func|fn|def|fun|function|class|struct|interface|object|trait|impl|sub)\s+(?:\([^)]{0,80}\)\s*)?([A-Za-z_$][\w$]{2,80})|(?:^|[\s*&])([A-Za-z_$][\w$]{2,80})\s*\([^;=]{0,200}\)\s*(?:throws [\w., ]+)?\{\s*$/g;
const KEYWORDS: ReadonlySet<string> = new Set(['for', 'while', 'switch', 'catch', 'else', 'return', 'synchronized', 'using', 'with']);

const definedIn = (line: string): readonly string[] => [...line.slice(0, 300).matchAll(DEFINED)].flatMap(([, a, b]) => a ?? b ?? []).filter((name) => !KEYWORDS.has(name));

/** The hunks of a unified diff, in its order. */
export const hunksOf = (diff: string | null): readonly Hunk[] => {
  const hunks: Hunk[] = [];
  let file = '';
  let scopes = new Set<string>();
  for (const line of (diff ?? '').slice(0, MAX_CHARS).split('\n')) {
    const target = TARGET.exec(line)?.[1];
    if (target !== undefined) {
      file = target;
      continue;
    }
    const [, start, length, rest = ''] = HEADER.exec(line) ?? [];
    if (start !== undefined) {
      if (hunks.length >= MAX_HUNKS) break;
      scopes = new Set(definedIn(rest));
      hunks.push({ file, from: Number(start), until: Number(start) + Math.max(0, Number(length ?? 1) - 1), scopes });
    } else if (/^[-+ ]/.test(line) && scopes.size < MAX_SCOPES) for (const name of definedIn(line.slice(1))) scopes.add(name);
  }
  return hunks;
};
