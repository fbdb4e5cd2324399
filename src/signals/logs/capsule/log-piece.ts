/** Log files in pieces of a size that threads can share: what one of them reads, another need not. */
import type { CapsuleLogFile } from '../../../domain/capsule.ts';

/** Plain data. Bytes from `start` to before `end` of a file, beginning and ending with a line; `end` null: to its end. */
export interface LogPiece {
  readonly file: string;
  readonly start: number;
  readonly end: number | null;
}

const PIECE_BYTES = 33_554_432;
/** How well log files compress. */
const COMPRESSION = 10;
const LINE_FEED = 10;

/** Bytes that come out of a file, about. */
export const expectedBytes = ({ sizeBytes, isCompressed }: CapsuleLogFile): number => sizeBytes * (isCompressed === true ? COMPRESSION : 1);

/** The largest first, so that the last to be taken are small. Records lie one a line; raw text has to be read from its beginning. */
export const logPieces = (files: readonly CapsuleLogFile[]): readonly LogPiece[] =>
  files
    .flatMap((file) => piecesOf(file).map((piece) => ({ piece, size: (piece.end ?? expectedBytes(file)) - piece.start })))
    .sort((a, b) => b.size - a.size || (a.piece.file < b.piece.file ? -1 : a.piece.file > b.piece.file ? 1 : a.piece.start - b.piece.start))
    .map(({ piece }) => piece);

const piecesOf = (log: CapsuleLogFile): LogPiece[] => {
  const { file, kind, sizeBytes, range } = log;
  if (kind !== 'ndjson' || range === undefined || sizeBytes < 2 * PIECE_BYTES) return [{ file, start: 0, end: null }];
  const starts = [0];
  for (let at = PIECE_BYTES; at < sizeBytes - PIECE_BYTES / 2; at += PIECE_BYTES) {
    const start = lineStart(range(at - 1, sizeBytes), at - 1);
    if (start !== null && start > (starts.at(-1) ?? 0)) starts.push(start);
  }
  return starts.map((start, i) => ({ file, start, end: starts[i + 1] ?? null }));
};

/** Where the first line begins after `at`, which is where `chunks` begin; null where none does. */
const lineStart = (chunks: Iterable<Uint8Array>, at: number): number | null => {
  let from = at;
  for (const chunk of chunks) {
    const feed = chunk.indexOf(LINE_FEED);
    if (feed >= 0) return from + feed + 1;
    from += chunk.length;
  }
  return null;
};
