/** What a finding says, taken apart for sentences in any language. */
import type { Finding } from '../../domain/finding.ts';
import { plain } from '../digest/quote.ts';
import { labelsOf, metricPair, numberText, percentileText, quantityPair } from './quantity-text.ts';

export type Clause =
  | { readonly kind: 'shift'; readonly what: string; readonly isQuoted: boolean; readonly isUp: boolean; readonly normal: string; readonly seen: string }
  | { readonly kind: 'stopped'; readonly what: string; readonly normal: string }
  | { readonly kind: 'log'; readonly template: string; readonly isMore: boolean; readonly normal: string; readonly seen: string; readonly unit: 'slices' | 'runs' }
  | { readonly kind: 'errors'; readonly seen: string; readonly normal: string }
  | { readonly kind: 'traffic'; readonly isUp: boolean; readonly seen: string; readonly normal: string }
  | { readonly kind: 'step'; readonly operation: string; readonly isMore: boolean; readonly normal: string; readonly seen: string }
  | { readonly kind: 'other'; readonly text: string };

/** The metric with what tells this series from its fellows: `request_duration_seconds (p99, pod a-1)`. */
export const metricLabel = ({ indicator, query }: Finding): string => {
  const labels = labelsOf(query);
  const details = [percentileText(labels.get('quantile')), labels.get('operation'), labels.get('pod')].filter((detail) => detail !== null && detail !== undefined && detail !== '');
  return details.length === 0 ? plain(indicator) : `${plain(indicator)} (${plain(details.join(', '))})`;
};

const share = (value: number): string => `${numberText(Math.min(1, Math.max(0, value)) * 100)} %`;

const measured = (finding: Finding, normal: number, seen: number): Clause | null => {
  const { id, kind, indicator } = finding;
  if (kind === 'metric') {
    if (id.startsWith('metric:stopped:')) return { kind: 'stopped', what: metricLabel(finding), normal: metricPair({ ...finding, observed: -1 })?.[0] ?? numberText(normal) };
    const pair = metricPair(finding);
    return pair === null ? null : { kind: 'shift', what: metricLabel(finding), isQuoted: false, isUp: seen >= normal, normal: pair[0], seen: pair[1] };
  }
  if (kind === 'log_pattern') {
    const unit = finding.summary.includes('time slices') ? 'slices' : 'runs';
    return { kind: 'log', template: plain(indicator), isMore: seen >= normal, normal: share(normal), seen: share(seen), unit };
  }
  if (id.startsWith('trace:latency:') || id.startsWith('trace:slow:')) {
    const [low, high] = quantityPair(normal, seen, 'ms');
    return { kind: 'shift', what: plain(indicator.replace(/^(?:self time|duration|gap) /, '')), isQuoted: true, isUp: seen >= normal, normal: low, seen: high };
  }
  if (id.startsWith('trace:errors:')) return { kind: 'errors', seen: numberText(seen), normal: numberText(normal) };
  if (id.startsWith('trace:traffic:')) return { kind: 'traffic', isUp: seen >= normal, seen: numberText(seen), normal: numberText(normal) };
  if (id.startsWith('trace:break:')) return { kind: 'step', operation: plain(indicator), isMore: seen >= normal, normal: share(normal), seen: share(seen) };
  return null;
};

export const clauseOf = (finding: Finding): Clause => {
  const { observed, expected } = finding;
  const clause = typeof observed === 'number' && typeof expected === 'number' && Number.isFinite(observed) && Number.isFinite(expected) ? measured(finding, expected, observed) : null;
  return clause ?? { kind: 'other', text: plainSentence(finding.summary) };
};

/** A signal's own sentence as it is, but nothing that a terminal obeys; instants as a clock shows them. */
export const plainSentence = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, ' ').replaceAll(/\d{4}-\d\d-\d\dT(\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z/g, '$1 UTC').replaceAll('<*>', '…').replaceAll('<', '‹').replaceAll('>', '›').replaceAll('](', '] (').replaceAll('`', "'").replaceAll(/["“”]/g, "'").replace(/\.$/, '').trim();

/** A change's id as people say it: a commit's hash in its first twelve digits. */
export const shortId = (id: string): string => (/^[0-9a-f]{16,64}$/.test(id) ? id.slice(0, 12) : plain(id));
