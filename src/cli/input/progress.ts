/** How far reading has come, on a terminal's standard error only, and only for work of more than a second. */
import type { CommandContext } from '../command.ts';
import type { CliWords } from '../words/words.ts';

export interface Progress {
  /** More stored bytes of `name` were read. */
  advance(bytes: number, name: string): void;
  /** Wipes the line. */
  finish(): void;
}

const QUIET_MS = 1000;
const REDRAW_MS = 200;
const CLEAR_LINE = '\r\u001b[2K';
const SILENT: Progress = { advance: () => {}, finish: () => {} };

export const createProgress = (context: CommandContext, words: CliWords): Progress => {
  const { stderr, nowMs, quiet, environment } = context;
  if (quiet || !stderr.isTTY || environment.dumbTerminal) return SILENT;
  const startedMs = nowMs();
  let drawnMs = 0;
  let bytes = 0;
  return {
    advance: (more, name) => {
      bytes += more;
      const atMs = nowMs();
      if (atMs - startedMs < QUIET_MS || atMs - drawnMs < REDRAW_MS) return;
      drawnMs = atMs;
      const megabytes = bytes / 1e6;
      const rate = megabytes / ((atMs - startedMs) / 1000);
      const shown = name.length > 40 ? `…${name.slice(-39)}` : name;
      stderr.write(`${CLEAR_LINE}${words.reading(`${megabytes.toFixed(0)} MB, ${rate.toFixed(0)} MB/s`, shown)}`);
    },
    finish: () => {
      if (drawnMs > 0) stderr.write(CLEAR_LINE);
    },
  };
};
