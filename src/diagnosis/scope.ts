/** What is to be explained: who hurts, by which kind of sign, and which signals can testify. */
import type { Capsule } from '../domain/capsule.ts';
import { wordsOf, meaningOf, type Quantity } from '../signals/metrics/vocabulary.ts';

export type SymptomFamily = 'latency' | 'errors' | 'other';

export interface Scope {
  /** Services that an alert or the symptom names; where it hurts, rarely the answer. */
  readonly sufferers: readonly string[];
  /** The kind of sign that was noticed; null where nothing says. */
  readonly family: SymptomFamily | null;
}

const familyOf = (quantity: Quantity): SymptomFamily => (quantity === 'latency' ? 'latency' : quantity === 'error' || quantity === 'success' ? 'errors' : 'other');

/** Of a text that somebody wrote about the trouble; null where it names neither. */
export const textFamily = (text: string): SymptomFamily | null => {
  const words = new Set(wordsOf(text));
  const has = (...wanted: readonly string[]): boolean => wanted.some((word) => words.has(word));
  if (has('latency', 'slow', 'duration', 'p99', 'p95', 'p90', 'delay')) return 'latency';
  return has('error', 'errors', 'fail', 'failing', 'failed', 'failures', 'availability', '5xx', 'unavailable') ? 'errors' : null;
};

/** Labels of an alert that name whom it is about. */
const ALERT_LABELS = ['service', 'service_name', 'app', 'deployment', 'job'] as const;

export const scopeOf = (capsule: Capsule): Scope => {
  const sufferers = new Set<string>();
  if (capsule.symptom?.service !== null && capsule.symptom?.service !== undefined) sufferers.add(capsule.symptom.service);
  for (const alert of capsule.alerts) {
    const label = ALERT_LABELS.find((name) => alert.labels[name] !== undefined);
    if (label !== undefined) sufferers.add(alert.labels[label] ?? '');
  }
  const metric = capsule.symptom?.metric ?? null;
  const description = capsule.symptom?.description ?? null;
  const family = metric !== null ? familyOf(meaningOf(metric, {}).quantity) : description === null ? null : textFamily(description);
  return { sufferers: [...sufferers].filter((name) => name !== '').sort(), family };
};
