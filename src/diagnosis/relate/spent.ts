/** Whether a resource rose, and whether there is any left of it. */
import { hurts } from '../../signals/metrics/metric-findings.ts';
import type { Resource } from './health.ts';

/** In spreads. */
const MIN_STRENGTH = 2.5;
const EXHAUSTED_LEVEL = 0.75;
/** Of a limit that the component itself reports. */
const EXHAUSTED_USE = 0.95;

/** A resource that fell is relief, or work that no longer arrives. */
export const risen = (resource: Resource): boolean => resource.strength >= MIN_STRENGTH && resource.analysis.shift !== null && hurts(resource.analysis.meaning, resource.analysis.shift);

export const isNearlyFull = ({ used, analysis: { shift, meaning } }: Resource): boolean => {
  if (used !== null) return used >= EXHAUSTED_USE;
  if (shift === null || meaning.fullScale === null) return false;
  return meaning.bad === 'down' ? shift.observed <= (1 - EXHAUSTED_LEVEL) * meaning.fullScale : shift.observed >= EXHAUSTED_LEVEL * meaning.fullScale;
};
