/** What a change cannot have done, whatever it edits and however near it lies: reasons that make an innocent explanation of the evidence likelier. */
import type { EpochMs } from '../../domain/time.ts';
import type { ChangeProfile } from '../../signals/changes/change-profile.ts';
import type { Sign } from '../../signals/changes/sign.ts';
import type { SeenSign } from './telemetry-signs.ts';

/** What is left of the case. */
const LEFT = 0.2;
/** A text this sure speaks of data of another shape. */
const CLEAR = 0.6;
const SHAPES: ReadonlySet<Sign> = new Set<Sign>(['schema', 'encoding']);

interface Question {
  /** When the trouble began; null where nobody knows. */
  readonly onset: EpochMs | null;
  /** What the suspect shows. */
  readonly signs: readonly SeenSign[];
  /** The errors name letter by letter what it edits. */
  readonly isExact: boolean;
}

/** Does the suspect fail of what data look like? Signs of metrics may mean many things; texts quote the data. */
const isMisshapen = (signs: readonly SeenSign[]): boolean => signs.some(({ sign, certainty, isAbrupt }) => SHAPES.has(sign) && certainty >= CLEAR && isAbrupt === undefined);

/** 1 where nothing exonerates it. */
export const exonerated = ({ settledAt, isAmount }: Pick<ChangeProfile, 'settledAt' | 'isAmount'>, { onset, signs, isExact }: Question): number => {
  // An error that names the new column is about it, however late.
  if (isExact) return 1;
  if (settledAt !== null && onset !== null && onset > settledAt) return LEFT;
  return isAmount && isMisshapen(signs) ? LEFT : 1;
};
