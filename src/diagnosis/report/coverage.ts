/** Which signals can testify about the window, and about how much of it. */
import type { Capsule } from '../../domain/capsule.ts';
import type { TimeWindow } from '../../domain/time.ts';
import type { Coverage } from '../../signals/traces/phases.ts';
import type { Observation, Seen } from '../relate/observation.ts';
import type { SignalNames, Words } from '../words/words.ts';

const BINS = 20;

/** Share of the window's twentieths that hold at least one of the instants; 0 of none. */
export const coverageOf = (times: Iterable<number>, window: TimeWindow): number => {
  const span = window.end - window.start;
  if (span <= 0) return 0;
  const seen = new Uint8Array(BINS);
  for (const at of times) {
    const bin = Math.floor(((at - window.start) / span) * BINS);
    if (bin >= 0 && bin < BINS) seen[bin] = 1;
  }
  return seen.reduce((sum, one) => sum + one, 0) / BINS;
};

/** Sparse series cover the time up to their neighbours, so each sample is spread over its interval. */
function* sampleTimes(capsule: Capsule): Generator<number> {
  const step = Math.max(1, Math.ceil(capsule.metrics.length / 200));
  for (let i = 0; i < capsule.metrics.length; i += step) {
    const times = capsule.metrics[i]?.times ?? new Float64Array(0);
    for (let k = 0; k < times.length; k++) {
      const at = times[k] ?? 0;
      const before = k === 0 ? at : (times[k - 1] ?? at);
      const width = Math.min(at - before, (capsule.window.end - capsule.window.start) / 2);
      for (let part = 0; part <= 8; part++) yield at - (width * part) / 8;
    }
  }
}

/** Less than this and the rest is named as a gap. */
const ENOUGH = 0.75;

/** Fewer missing samples than this are usual. */
const FEW_MISSING = 0.1;
const MAX_NAMES = 5;

/** Sentences for the report's `gaps`: what was not there, and what that leaves open. */
export const coverageGaps = (capsule: Capsule, { missingSamples, unseen, unseenChanged, unseenSufferers }: Observation, seen: Seen, words: Words): readonly string[] => {
  const gaps: string[] = [];
  const missing = (signal: keyof SignalNames, empty: boolean): void => {
    if (empty) gaps.push(words.missingSignal(words.signals[signal]));
  };
  missing('logs', capsule.logs.length === 0);
  missing('metrics', capsule.metrics.length === 0);
  missing('traces', capsule.spans.length === 0);
  missing('changes', capsule.changes.length === 0);
  missing('topology', capsule.topology.length === 0 && capsule.spans.length === 0);
  missing('kubernetes', capsule.kubernetes.length === 0);
  if (capsule.symptom === null && capsule.alerts.length === 0) gaps.push(words.noSymptom);
  const partly = (signal: keyof SignalNames, covered: number): void => {
    if (covered < ENOUGH) gaps.push(words.uncoveredSignal(words.signals[signal], Math.round((1 - covered) * 100)));
  };
  const signal = (name: 'logs' | 'traces', coverage: Coverage | null): void => {
    if (coverage === null) return;
    partly(name, coverage.window);
    if (coverage.baseline === false) gaps.push(words.nothingNormal(words.signals[name]));
  };
  if (capsule.metrics.length > 0) partly('metrics', coverageOf(sampleTimes(capsule), capsule.window));
  signal('traces', seen.traces);
  signal('logs', seen.logs);
  if (missingSamples >= FEW_MISSING) gaps.push(words.samplesMissing(Math.round(missingSamples * 100)));
  const names = [...new Set([...unseenSufferers, ...unseenChanged, ...unseen])];
  if (names.length > 0) gaps.push(words.unseen(names.slice(0, MAX_NAMES), names.length));
  return gaps;
};
