/** What a statement's slices of time amount to. */
import type { Phases } from '../../traces/phases.ts';
import { slotStart } from '../../traces/phases.ts';
import { strengthOf } from '../../traces/echo.ts';
import type { Change } from './change.ts';
import { isGrave } from './change.ts';
import type { SliceContrast } from '../../traces/slices.ts';
import type { Statement } from './statements.ts';
import type { Turnover } from './turnover.ts';

/** Without a request to count in, load moves everything that is no complaint. */
const LOAD_WEIGHT = 0.5;
/** A complaint within known requests was already judged there, where the odds are known. */
const JUDGED_WEIGHT = 0.5;
/** A complaint never heard before is told however few its records are, but not loudly; less so where nobody knows what is normal. */
const MAX_NEW_STRENGTH = 3;
const MAX_UNKNOWN_STRENGTH = 2;

export interface Circumstances {
  /** Its records were already counted in the requests that wrote them. */
  readonly judged: boolean;
  readonly turnover: Turnover;
}

export const sliceChange = (found: SliceContrast, place: Pick<Change, 'service' | 'pod' | 'number' | 'statement'>, phases: Phases, { judged, turnover }: Circumstances): Change => {
  const { contrast, kind, count, normalCount } = found;
  const normally = contrast.normalTotal === 0 ? 'nothing is known of normal time' : `normally ${normalCount} times, in ${contrast.normalHits} of ${contrast.normalTotal}`;
  return {
    ...place,
    operation: null,
    contrast,
    shares: `${kind === 'burst' ? 'in bursts: ' : ''}${count} times, in ${contrast.hits} of ${contrast.total} time slices (${normally})`,
    strength: sliceStrength(found, place.statement, turnover) * (judged ? JUDGED_WEIGHT : 1),
    onset: slotStart(phases, contrast.onsetSlot),
    isNews: found.hasBaseline || (contrast.surprise > 0 && isGrave(place.statement)),
  };
};

const sliceStrength = ({ contrast, count, normalCount, hasBaseline }: SliceContrast, statement: Statement, turnover: Turnover): number => {
  if (contrast.surprise < 0 || !isGrave(statement)) return strengthOf(contrast) * (hasBaseline ? LOAD_WEIGHT : LOAD_WEIGHT / 2);
  const newness = normalCount === 0 ? Math.max(0, Math.min(MAX_NEW_STRENGTH, 0.75 * Math.log2(1 + count) - Math.log2(1 + turnover(count)))) : 0;
  const unknown = hasBaseline ? 0 : Math.min(MAX_UNKNOWN_STRENGTH, 0.5 * Math.log2(1 + count + normalCount));
  return Math.max(strengthOf(contrast), hasBaseline ? newness : Math.min(newness, MAX_UNKNOWN_STRENGTH), unknown);
};
