/** Results ► standard output or a file. */
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../shared/errors.ts';
import type { CommandContext } from './command.ts';
import { codeOf, reasonOf } from './input/failure-reason.ts';
import type { CliWords } from './words/words.ts';

/**
 * Waits until the reader keeps up, so that memory stays bounded.
 * @throws `output_closed` when the reader went away
 */
export const writeOut = async (data: string | Uint8Array, stdout: NodeJS.WriteStream): Promise<void> => {
  if (stdout.destroyed || !stdout.writable) throw new AppError({ code: 'output_closed', message: 'the reader of standard output went away' });
  stdout.write(data);
  await drained(stdout);
};

/** Resolves when what was written has been taken. */
export const drained = async (stdout: NodeJS.WriteStream): Promise<void> => {
  if (!stdout.writableNeedDrain) return;
  const over = new AbortController();
  const waits = ['drain', 'close'].map((event) => once(stdout, event, { signal: over.signal }));
  try {
    await Promise.race(waits);
  } finally {
    // Whoever did not come is no longer listened for: there are thousands of waits in a large output.
    over.abort();
    await Promise.allSettled(waits);
  }
};

const sizeText = (bytes: number): string => (bytes < 1024 ? `${bytes} B` : bytes < 1 << 20 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`);

/** @throws `output_unwritable` */
export const writeFileOut = (path: string, text: string, context: CommandContext, words: CliWords): void => {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    if (codeOf(error) === null) throw error;
    throw new AppError({ code: 'output_unwritable', message: words.cannotWrite(path, reasonOf(error)) });
  }
  if (!context.quiet) context.stderr.write(`${words.wrote(path, sizeText(Buffer.byteLength(text)))}\n`);
};

/** Colours: an explicit `--color` first, then NO_COLOR, then FORCE_COLOR, then whether a person looks. */
export const usesColor = ({ color, environment, stdout }: CommandContext): boolean => {
  if (color !== 'auto') return color === 'always';
  if (environment.noColor) return false;
  return environment.forceColor || (stdout.isTTY && !environment.dumbTerminal);
};

/** Columns to fill: the terminal's, at most 120 (longer lines read badly); 80 where none is known. */
export const outputWidth = ({ environment, stdout }: CommandContext): number => {
  const columns = environment.columns ?? (stdout.isTTY ? stdout.columns : 80);
  return Math.max(40, Math.min(120, columns || 80));
};
