/** Runs the shell blocks of a page, one after the other in one folder, as a reader would. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OutputBlock, ROOT, type ShellBlock } from './pages.ts';

/** Width of the terminal that the pages show. */
const COLUMNS = '96';
const DEADLINE_MS = 60_000;

export interface ExampleRun {
  readonly block: ShellBlock;
  readonly code: number | null;
  /** Standard output and standard error, as a terminal shows them. */
  readonly output: string;
}

/** `npx faultline` and `faultline` are this checkout; the examples are at hand; what a block writes stays here. */
const makeFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-docs-'));
  mkdirSync(join(folder, '.bin'));
  const start = `exec '${process.execPath}' '${join(ROOT, 'bin', 'faultline.mjs')}' "$@"\n`;
  writeFileSync(join(folder, '.bin', 'npx'), `#!/bin/sh\n[ "$1" = faultline ] || { echo "npx $1: only faultline is run here" >&2; exit 1; }\nshift\n${start}`);
  writeFileSync(join(folder, '.bin', 'faultline'), `#!/bin/sh\n${start}`);
  for (const name of ['npx', 'faultline']) chmodSync(join(folder, '.bin', name), 0o755);
  symlinkSync(join(ROOT, 'examples'), join(folder, 'examples'));
  return folder;
};

export const runExamples = (blocks: readonly ShellBlock[]): readonly ExampleRun[] => {
  const folder = makeFolder();
  try {
    return blocks
      .filter(({ notRun }) => notRun === null)
      .map((block) => {
        const env = { PATH: `${join(folder, '.bin')}:${process.env['PATH'] ?? ''}`, HOME: folder, LANG: 'C.UTF-8', COLUMNS };
        const run = spawnSync('sh', ['-e', '-c', `exec 2>&1\n${block.script}`], { cwd: folder, env, encoding: 'utf8', timeout: DEADLINE_MS });
        return { block, code: run.status, output: run.stdout };
      });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The part of an output that a block shows: from its first line to before the line that is left out, ends trimmed. */
export const excerpt = (output: string, { from, until }: Pick<OutputBlock, 'from' | 'until'>): string => {
  const lines = output.split('\n');
  const first = from === null ? 0 : lines.findIndex((line) => from.test(line));
  if (first < 0) throw new Error(`no line matches ${String(from)} in:\n${output}`);
  const length = until === null ? -1 : lines.slice(first + 1).findIndex((line) => until.test(line));
  if (until !== null && length < 0) throw new Error(`no line matches ${String(until)} in:\n${output}`);
  return `${lines.slice(first, until === null ? undefined : first + 1 + length).map((line) => line.trimEnd()).join('\n').trimEnd().replace(/^\n+/, '')}\n`;
};

/** How long something took, and how large a file became, differs from run to run. */
export const comparable = (text: string): string => text.replace(/(?:read|분석)( in)? [\d.]+ ?(?:m?s|초)/g, 'read').replace(/\([\d.]+ KB\)/g, '(size)');
