/**
 * A change hurts what it touches: of a service's operations, and of those whom it calls, some suffer and others do not. One whose diff names what
 * suffers, and nothing of what does not, is the likelier reason.
 */
import type { Finding } from '../../domain/finding.ts';
import type { ChangeProfile } from '../../signals/changes/change-profile.ts';
import type { MetricAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { hurts } from '../../signals/metrics/metric-findings.ts';
import { seriesComponent } from '../../signals/metrics/series-component.ts';
import { vocabularyOf } from './shared-words.ts';

/** Labels by which exporters tell the parts of a service apart. */
const PARTS = ['operation', 'route', 'http_route', 'uri', 'path', 'endpoint', 'handler', 'rpc_method', 'topic', 'queue', 'table', 'collection', 'query', 'statement', 'job', 'cache', 'pool', 'consumer_group'] as const;
const SUFFERS = 4;
const CALM = 2;
const MAX_PARTS = 500;

interface Parts {
  readonly suffering: Set<string>;
  readonly calm: Set<string>;
}

/** What a span finding is about, behind the words that say what befell it. */
const SPAN = /^(?:duration|self time|error spans|slow spans)\s+(.{1,200})$/;

/** Calls that one service makes of another, in units of the usual. */
const MULTIPLIED = 1.6;

const partsOf = (metrics: MetricAnalysis, findings: readonly Finding[], isCalledAsEver: (component: string) => boolean): ReadonlyMap<string, Parts> => {
  const found = new Map<string, Parts>();
  const note = (component: string | undefined, part: string | undefined, state: keyof Parts): void => {
    if (component === undefined || part === undefined || part === '') return;
    const parts = found.get(component) ?? { suffering: new Set(), calm: new Set() };
    found.set(component, parts);
    if (parts[state].size < MAX_PARTS) parts[state].add(part);
  };
  for (const { series, meaning, shift } of metrics.series) {
    const { source, destination } = series.labels;
    // Who is called as ever, and calls one of its callees again and again, does something new there.
    if (meaning.quantity === 'rate' && source !== undefined && shift !== null && shift.direction === 'up' && shift.strength >= SUFFERS && shift.observed >= MULTIPLIED * shift.expected && isCalledAsEver(source)) note(source, destination, 'suffering');
    if (meaning.quantity !== 'latency' && meaning.quantity !== 'error' && meaning.quantity !== 'success') continue;
    const state = shift === null || shift.strength < CALM || !hurts(meaning, shift) ? 'calm' : shift.strength >= SUFFERS ? 'suffering' : null;
    if (state === null) continue;
    // A callee is a part of its caller's work.
    if (source !== undefined) note(source, destination, state);
    const own = seriesComponent(series)?.name;
    for (const label of PARTS) note(own, series.labels[label], state);
  }
  for (const { kind, role, component, indicator, strength } of findings) if (kind === 'trace' && role !== 'context' && strength >= 1.5) note(component.name, SPAN.exec(indicator)?.[1], 'suffering');
  for (const { suffering, calm } of found.values()) for (const part of suffering) calm.delete(part);
  return found;
};

const wordsOf = (parts: Iterable<string>, known: ReadonlySet<string>): ReadonlyMap<string, string> => {
  const words = new Map<string, string>();
  for (const part of [...parts].sort()) for (const word of vocabularyOf(part, false).words) if (!known.has(word) && !words.has(word)) words.set(word, part);
  return words;
};

export interface OperationMatch {
  readonly points: number;
  readonly reason: string | null;
}

const NOTHING: OperationMatch = { points: 0, reason: null };
const POINTS = 0.8;

/** Builds the matcher of one capsule: what one change has to do with the parts of a component that suffer. */
export const operationMatcher = (metrics: MetricAnalysis, findings: readonly Finding[], isCalledAsEver: (component: string) => boolean): ((profile: ChangeProfile, component: string) => OperationMatch) => {
  const parts = partsOf(metrics, findings, isCalledAsEver);
  const edited = new Map<ChangeProfile, ReadonlySet<string>>();
  const editedOf = (profile: ChangeProfile): ReadonlySet<string> => {
    const known = edited.get(profile) ?? vocabularyOf([...profile.code, ...profile.lines.context, ...profile.lines.files].join('\n'), false).words;
    edited.set(profile, known);
    return known;
  };
  return (profile, component) => {
    const own = parts.get(component);
    if (own === undefined || own.suffering.size === 0 || own.calm.size === 0) return NOTHING;
    const ownWords = vocabularyOf([component, ...profile.services].join('\n'), false).words;
    const [suffering, calm] = [wordsOf(own.suffering, ownWords), wordsOf(own.calm, ownWords)];
    const names = editedOf(profile);
    const hit = [...suffering].find(([word]) => names.has(word) && !calm.has(word));
    const miss = [...calm.keys()].find((word) => names.has(word) && !suffering.has(word));
    return hit !== undefined && miss === undefined ? { points: POINTS, reason: `it edits ${hit[0]}, and “${hit[1]}” suffers where others do not` } : NOTHING;
  };
};
