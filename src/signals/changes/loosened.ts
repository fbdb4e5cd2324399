/** A limit that was merely given another number: how far it moved, and what it can no longer have brought about. */
import type { Sign } from './sign.ts';
import type { Theme } from './themes.ts';

const NUMBER = /(?<![\w.])-?\d[\d_]*(?:\.\d+)?/g;
/** Its parts are no amounts. */
const VERSION = /\d\.\d+\.\d/;
const MAX_LINES = 50;

export interface Move {
  readonly from: number;
  readonly to: number;
}

/** The numbers that differ, where the two sides of a diff differ in numbers alone, unit and all else being kept; null of any other edit, and of versions. */
export const numberMoves = (added: readonly string[], removed: readonly string[]): readonly Move[] | null => {
  if (added.length === 0 || added.length !== removed.length || added.length > MAX_LINES) return null;
  if ([...added, ...removed].some((line) => VERSION.test(line))) return null;
  const moves: Move[] = [];
  for (const [index, line] of added.entries()) {
    const old = removed[index] ?? '';
    if (line.replaceAll(NUMBER, '0') !== old.replaceAll(NUMBER, '0')) return null;
    const before = old.match(NUMBER) ?? [];
    for (const [at, text] of (line.match(NUMBER) ?? []).entries()) {
      const move = { from: Number((before[at] ?? '').replaceAll('_', '')), to: Number(text.replaceAll('_', '')) };
      if (move.from !== move.to) moves.push(move);
    }
  }
  return moves.length > 0 && moves.every(({ from, to }) => Number.isFinite(from) && Number.isFinite(to)) ? moves : null;
};

/** Who waits longer runs out of time less often, and so does whoever has more to hand out. */
const RELIEVES: Readonly<Partial<Record<string, ReadonlySet<Sign>>>> = { timeout: new Set<Sign>(['timeout', 'retry']), pool: new Set<Sign>(['pool']) };
const NONE: ReadonlySet<Sign> = new Set();

/** Signs of a theme that an edit which only raised its numbers makes rarer. */
export const relievedBy = ({ name }: Theme, moves: readonly Move[] | null): ReadonlySet<Sign> =>
  moves !== null && moves.every(({ from, to }) => from > 0 && to > from) ? (RELIEVES[name] ?? NONE) : NONE;
