/**
 * How many complaints begin by chance. A busy system knows hundreds of rare ones (a cancelled statement, a client that hung up), and in any stretch of time
 * some are heard that the stretch before did not hold. Time has no preferred direction there: about as many of them end with the normal time as begin after
 * it, so those that ended tell how many beginnings are to be expected.
 */
import type { Phases } from '../../traces/phases.ts';
import type { SliceContrast } from '../../traces/slices.ts';

/** Expected number of complaints that begin by chance with at least `count` records. */
export type Turnover = (count: number) => number;

const lengthOf = ({ start, end }: { readonly start: number; readonly end: number }): number => Math.max(1, end - start);

/** `isGrave`: whether a key of `found` is a complaint. */
export const turnoverOf = (found: readonly SliceContrast[], isGrave: (key: number) => boolean, { window, baseline }: Phases): Turnover => {
  if (baseline === null) return () => 0;
  const ended = found.filter(({ key, count, normalCount }) => count === 0 && normalCount > 0 && isGrave(key)).map(({ normalCount }) => normalCount);
  ended.sort((a, b) => b - a);
  const scale = lengthOf(window) / lengthOf(baseline);
  return (count) => {
    const index = ended.findIndex((one) => one < count);
    return scale * (index < 0 ? ended.length : index);
  };
};
