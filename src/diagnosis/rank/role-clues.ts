/**
 * A component that changes its role (a leader becomes a follower, what took writes only reads) refuses from then on what it did before. That is a fact, not a level:
 * how far it lies from what was usual says nothing, that callers begin to fail with it does.
 */
import { findingOf } from '../../signals/metrics/metric-findings.ts';
import { intervalOf } from '../../signals/metrics/samples.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import type { CallGraph } from '../relate/call-graph.ts';
import type { Health } from '../relate/health.ts';
import type { Clue } from './clue.ts';
import { callersFail } from './silence-clues.ts';

const MIN_STRENGTH = 2.5;
/** A role that is kept for so many samples is no election under way. */
const MIN_SAMPLES = 3;
/** Steps between the change and the first failure of a caller, either way: both are sampled. */
const NEAR_STEPS = 4;
/** As much as a crash that the cluster reports. */
const CONFIRMED = 5;

export const roleClues = (all: ReadonlyMap<string, Health>, graph: CallGraph): readonly Clue[] =>
  [...all.values()].flatMap(({ name, kind, resources }): readonly Clue[] => {
    const changed = resources.find(({ analysis: { meaning, shift }, strength }) => meaning.quantity === 'state' && strength >= MIN_STRENGTH && shift !== null && shift.samples >= MIN_SAMPLES);
    const shift = changed?.analysis.shift ?? null;
    if (changed === undefined || shift === null || kind === 'node') return [];
    const step = intervalOf(changed.analysis.window.times) ?? 0;
    if (!callersFail(name, shift.onset - 2 * step, shift.onset + NEAR_STEPS * step, all, graph)) return [];
    return (['error_return', 'configuration'] as const).map((fault) => ({ component: componentOf('service', name), fault, points: CONFIRMED, leading: true, findings: [findingOf(changed.analysis, shift)], topic: 'resource:state' }));
  });
