/** Writes many lines to a file in large pieces and counts what was written. */
import { closeSync, openSync, writeSync } from 'node:fs';

const PIECE_CHARACTERS = 1 << 20;

export interface Written {
  readonly path: string;
  readonly lines: number;
  readonly bytes: number;
}

export const writeLines = (path: string, source: Iterable<string>): Written => {
  const file = openSync(path, 'w');
  let [lines, bytes, piece] = [0, 0, ''];
  for (const line of source) {
    lines++;
    piece += `${line}\n`;
    if (piece.length < PIECE_CHARACTERS) continue;
    bytes += writeSync(file, piece);
    piece = '';
  }
  bytes += writeSync(file, piece);
  closeSync(file);
  return { path, lines, bytes };
};
