/**
 * A certificate that runs out is no shift: its remaining time falls as it always did. What matters is that it reaches nought, and that calls fail from then on.
 * Names: x509-certificate-exporter, cert-manager, blackbox_exporter (`probe_ssl_earliest_cert_expiry`, an instant), CloudWatch (`DaysToExpiry`).
 */
import type { Finding } from '../../domain/finding.ts';
import type { EpochMs } from '../../domain/time.ts';
import { findingOf } from '../../signals/metrics/metric-findings.ts';
import type { MetricAnalysis, SeriesAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { intervalOf } from '../../signals/metrics/samples.ts';
import { seriesComponent } from '../../signals/metrics/series-component.ts';
import { wordsOf } from '../../signals/metrics/vocabulary.ts';
import type { CallGraph } from '../relate/call-graph.ts';
import type { Health } from '../relate/health.ts';
import type { Clue } from './clue.ts';
import { callersFail } from './silence-clues.ts';

const CERTIFICATE: ReadonlySet<string> = new Set(['cert', 'certs', 'certificate', 'certificates', 'certmanager', 'x509', 'tls', 'ssl']);
const EXPIRY: ReadonlySet<string> = new Set(['expires', 'expiry', 'expiration', 'remaining', 'not_after', 'notafter']);
/** Larger values are instants in seconds since 1970, not times that are left. */
const INSTANT_S = 1e9;
/** Steps between the end and the first failure of a caller: connections that are open stay open for a while. */
const BEFORE_STEPS = 4;
const AFTER_STEPS = 12;
/** As much as a crash that the cluster reports; and where nobody fails for it, it may serve nobody. */
const CONFIRMED = 5;
const UNCONFIRMED = 0.5;

const isExpiry = ({ series: { name } }: SeriesAnalysis): boolean => {
  const words = wordsOf(name);
  return words.some((word) => CERTIFICATE.has(word)) && (words.some((word) => EXPIRY.has(word)) || /not_?after/i.test(name));
};

/** The first sample of the window without any time left after one with some; null of none. */
const endOf = ({ window: { times, values } }: SeriesAnalysis): EpochMs | null => {
  const left = (i: number): number => ((values[i] ?? 0) > INSTANT_S ? (values[i] ?? 0) - (times[i] ?? 0) / 1000 : (values[i] ?? 0));
  for (let i = 1; i < values.length; i++) if (left(i) <= 0 && left(i - 1) > 0) return times[i] ?? null;
  return null;
};

const expiryFinding = (analysis: SeriesAnalysis, at: EpochMs): Finding => {
  const last = analysis.window.values[analysis.window.values.length - 1] ?? 0;
  const shift = { direction: 'down', strength: CONFIRMED, observed: last, expected: analysis.window.values[0] ?? 0, onset: at, end: null, durationMs: 0, samples: 1, preexisting: false, outside: null } as const;
  return { ...findingOf(analysis, shift), role: 'cause', faults: { certificate: 1 }, summary: `${analysis.selector} ran out at ${new Date(at).toISOString()}` };
};

export const expiryClues = ({ series }: MetricAnalysis, all: ReadonlyMap<string, Health>, graph: CallGraph): readonly Clue[] =>
  series.flatMap((analysis): readonly Clue[] => {
    const component = isExpiry(analysis) ? seriesComponent(analysis.series) : null;
    const at = component === null ? null : endOf(analysis);
    if (component === null || at === null) return [];
    const step = intervalOf(analysis.window.times) ?? 0;
    const isMissed = callersFail(component.name, at - BEFORE_STEPS * step, at + AFTER_STEPS * step, all, graph);
    return [{ component, fault: 'certificate', points: isMissed ? CONFIRMED : UNCONFIRMED, leading: true, findings: [expiryFinding(analysis, at)], topic: 'resource:expiry' }];
  });
