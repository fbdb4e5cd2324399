/**
 * Troubles that befall a system nobody touched: a certificate runs out, a provider fails, a disk fills up, a network breaks, traffic rises.
 * That a change edits the code which meets such a trouble is no evidence; only an edit that can bring the very trouble about may be to blame.
 */
import type { Finding } from '../../domain/finding.ts';
import type { Fault } from '../../domain/report.ts';
import type { MetricAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { isStore } from '../relate/store.ts';
import { seriesComponent } from '../../signals/metrics/series-component.ts';

export interface OutsideCause {
  /** Kinds of edit that can bring it about all the same; none: it is nobody's edit. */
  readonly themes: ReadonlySet<string>;
  /** It creeps up: an edit made when it was already far on is not to blame. */
  readonly creeping: boolean;
}

interface Rule {
  readonly fault: Fault | null;
  /** What the texts say; null: the fault is enough. */
  readonly pattern: RegExp | null;
  readonly themes: readonly string[];
  readonly creeping?: boolean;
}

/** First match wins: the specific before the general. */
const RULES: readonly Rule[] = [
  { fault: 'certificate', pattern: /expired|not yet valid|not ?after/i, themes: [] },
  { fault: 'certificate', pattern: null, themes: ['tls', 'image', 'dependency version', 'address', 'environment'] },
  { fault: null, pattern: /provider (?:incident|outage|unavailable|error|degraded|is down)|third[- ]party|status page|partner .{0,30}(?:outage|unavailable|down)/i, themes: [] },
  { fault: null, pattern: /back-?up|vacuum|reindex|maintenance (?:window|job|mode)|nightly (?:job|run|batch)|ad-?hoc|analyst|reporting (?:query|job)/i, themes: ['polling', 'lock'] },
  { fault: null, pattern: /(?:credentials?|secret|api.?key|password|subscription|domain|trial) (?:has |have |is |are )?expired|expiredtoken/i, themes: ['access', 'environment'] },
  { fault: null, pattern: /evicted|node .{0,20}(?:low on resource|pressure|not ?ready|lost|drain)|preempt|taint/i, themes: ['resources'] },
  { fault: 'dependency', pattern: /\b429\b|rate.?limit|quota|throttl|too many requests/i, themes: ['throttle', 'retry', 'cache', 'loop', 'polling', 'access'] },
  { fault: 'dependency', pattern: /refused|no such host|resolve|\b40[0-9]\b|unauthori|forbidden|not found/i, themes: ['address', 'access', 'routing', 'schema', 'environment', 'tls'] },
  { fault: 'dependency', pattern: null, themes: ['address', 'environment'] },
  { fault: 'disk', pattern: null, themes: ['files', 'log level', 'growth'], creeping: true },
  { fault: 'storage', pattern: null, themes: ['files', 'log level', 'growth'], creeping: true },
  { fault: 'network_loss', pattern: null, themes: ['address', 'routing', 'environment', 'tls', 'access'] },
  { fault: 'dns', pattern: null, themes: ['address', 'routing', 'environment', 'access'] },
  { fault: null, pattern: /fsync|i\/o (?:error|latency|wait)|iowait|io.?latency|disk.?latency|nvme|volume .{0,20}(?:degraded|impaired|slow)|storage .{0,20}(?:degraded|slow)/i, themes: ['files', 'log level', 'query', 'growth', 'cache'] },
  { fault: null, pattern: /\bntp\b|clock (?:skew|offset|drift|is)|unsynchroni[sz]ed|licen[cs]e (?:has )?expired/i, themes: ['environment'] },
  { fault: null, pattern: /truncated|malformed (?:file|feed)|(?:feed|file|export) from .{1,40}(?:invalid|broken|empty|missing|truncated)/i, themes: ['size', 'encoding'] },
  { fault: null, pattern: /(?:hardware|machine|instance|host) (?:failure|fault|maintenance|retire)|failover|split.?brain|noisy neighbou?r|cpu.?(?:steal|throttl)|host contended|spot (?:interruption|reclaim)|power (?:loss|outage)|availability zone|region .{0,20}(?:outage|impaired|unavailable)|leader election|replica(?:tion)? (?:lag|broken|stopped)/i, themes: ['address', 'resources', 'environment'] },
];

/** A finding fits a fault from here on. */
const FITS = 0.6;
/** As strong as this share of its component's strongest finding of the same kind. */
const STRONG_SHARE = 0.5;

/** Weaker findings may be what every day brings. */
const MIN_STRENGTH = 4;
/** In spreads, of a metric. */
const MIN_SHIFT = 5;

/** Hosts in addresses; the cluster's own end otherwise than the world's. */
const HOST = /(?:https?:\/\/|\b(?:to|from|with|at|host|post|get)\s{1,3}|^|\s)([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5})(?=[:/])/gi;
const OWN_HOST = /\.(?:internal|local|svc|cluster|lan|corp|consul|intra|localdomain)$|^(?:\d{1,3}\.){3}\d{1,3}$|\.(?:go|java|kt|py|js|ts|rb|cs|php|rs)$/i;
const CANNOT_SERVE = /\b50[0234]\b|\b421\b|unavailable|not available|bad gateway|overloaded|outage|maintenance|incident/i;
/** The caller's own mistake, or its appetite. */
const COMPLAINT = /\b4(?:0\d|1\d|22|29)\b/;
const EXTERNAL: OutsideCause = { themes: new Set(['address', 'environment']), creeping: false };

/** Somebody else's host answers that it cannot serve, and complains about nothing that was sent. */
const isExternalFailure = (text: string): boolean =>
  CANNOT_SERVE.test(text) && !COMPLAINT.test(text.replaceAll(/\b421\b/g, '')) && [...text.slice(0, 2_000).matchAll(HOST)].some(([, host = '']) => /[a-z]$/i.test(host) && !OWN_HOST.test(host));

/** A store that objects to what it is asked for serves: whoever asks and whoever shaped it disagree. */
const DISAGREES = /(?:column|relation|table|function|index|schema|collection|keyspace) .{1,80}(?:does not exist|doesn't exist|not found|unknown)|unknown column|undefined(?:_| )?(?:column|table|function)|no such (?:column|table|function)|sql syntax|syntax error at/i;

const causeOf = (text: string, faults: Finding['faults']): OutsideCause | null => {
  if (DISAGREES.test(text)) return null;
  if (isExternalFailure(text)) return { themes: new Set((faults.certificate ?? 0) >= FITS ? [] : EXTERNAL.themes), creeping: false };
  for (const { fault, pattern, themes, creeping } of RULES) {
    if (fault !== null && (faults[fault] ?? 0) < FITS) continue;
    if (pattern === null || pattern.test(text)) return { themes: new Set(themes), creeping: creeping === true };
  }
  return null;
};

/** In spreads. */
const CLEAR_RISE = 3;
const TIMES_OUT = /time[ds]?[- ]?out|deadline/i;
/** Kinds of edit that make a caller give up. */
const GIVING_UP = ['timeout', 'amount', 'clock'] as const;

/** Callers whose own clocks tell that nobody whom they call takes longer than usual. */
const unhinderedCallers = ({ series }: MetricAnalysis): ReadonlySet<string> => {
  const measured = new Set<string>();
  const hindered = new Set<string>();
  for (const { meaning, shift, series: { labels } } of series) {
    const { source } = labels;
    if (source === undefined || meaning.quantity !== 'latency') continue;
    measured.add(source);
    if (shift !== null && shift.direction === 'up' && shift.strength >= CLEAR_RISE) hindered.add(source);
  }
  return new Set([...measured].filter((name) => !hindered.has(name)));
};

const keyOf = ({ component, kind }: Finding): string => `${kind} ${component.name}`;

const EVICTS = /evict/i;

/** Calls to a provider that take so many times as long, this clearly, are slow on its side, unless they became more or larger. */
const SLOWER = 2;
const CLEARLY_SLOWER = 8;
const LARGER_OR_MORE = ['address', 'environment', 'size', 'query', 'retry', 'cache', 'key', 'loop', 'call in a loop', 'polling', 'throttle'] as const;
const isForeign = (host: string): boolean => /\.[a-z]{2,}$/i.test(host) && !OWN_HOST.test(host);

/** Callers that wait for somebody else's host, and it. */
const waitingForProviders = ({ series }: MetricAnalysis): readonly string[] =>
  series.flatMap(({ meaning, shift, series: { labels } }) => {
    const { source, destination } = labels;
    const slow = meaning.quantity === 'latency' && shift !== null && shift.direction === 'up' && shift.strength >= CLEARLY_SLOWER && shift.observed >= SLOWER * shift.expected;
    return slow && source !== undefined && destination !== undefined && isForeign(destination) ? [source, destination] : [];
  });

/** Somebody else's hosts whose spans take so much longer. */
const slowProviders = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ kind, role, component, indicator, observed, expected }) => kind === 'trace' && role !== 'context' && isForeign(component.name) && indicator.startsWith('self time ') && Number(observed) >= SLOWER * Number(expected)).map(({ component }) => component.name);

/** Components whose strong findings tell of such a trouble. */
export const outsideCauses = (findings: readonly Finding[], metrics: MetricAnalysis): ReadonlyMap<string, OutsideCause> => {
  // Spans tell that calls fail, not what befell them.
  const speaking = findings.filter(({ role, kind, strength }) => role !== 'context' && (kind === 'log_pattern' || kind === 'kubernetes') && (kind === 'kubernetes' || strength >= MIN_STRENGTH));
  const strongest = new Map<string, number>();
  for (const finding of speaking) strongest.set(keyOf(finding), Math.max(strongest.get(keyOf(finding)) ?? 0, finding.strength));
  const causes = new Map<string, OutsideCause>();
  const untrusted = new Set<string>();
  const note = (name: string, cause: OutsideCause | null, isCertificate = false): void => {
    const known = causes.get(name);
    if (name === '' || cause === null || (untrusted.has(name) && !isCertificate)) return;
    // Who cannot shake hands gets no answer at all: what else is said of the other end follows from it. Of several such troubles the one that leaves least to edits decides.
    if (known === undefined || cause.themes.size < known.themes.size || (isCertificate && !untrusted.has(name))) causes.set(name, cause);
    if (isCertificate) untrusted.add(name);
  };
  const sorted = [...speaking].sort((a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1));
  const unhindered = unhinderedCallers(metrics);
  for (const finding of sorted) {
    if (finding.strength < STRONG_SHARE * (strongest.get(keyOf(finding)) ?? 0)) continue;
    const { component: { name }, faults } = finding;
    const text = [finding.indicator, ...finding.samples].join(' ').slice(0, 4_000);
    const cause = causeOf(text, faults);
    // Time-outs of calls that take no longer than ever are the doing of whoever sets the limit.
    const givesUp = cause !== null && (faults.dependency ?? 0) >= FITS && TIMES_OUT.test(text) && unhindered.has(name);
    note(name, givesUp ? { ...cause, themes: new Set([...cause.themes, ...GIVING_UP]) } : cause, (faults.certificate ?? 0) >= FITS);
  }
  for (const { series, shift } of metrics.series) {
    if (shift === null || shift.direction !== 'up' || shift.strength < MIN_SHIFT) continue;
    const name = seriesComponent(series)?.name ?? '';
    // What a store evicts are its entries.
    if (isStore(name) && EVICTS.test(series.name)) continue;
    note(name, causeOf(series.name.replaceAll('_', ' '), {}));
  }
  for (const name of [...waitingForProviders(metrics), ...slowProviders(findings)]) note(name, { themes: new Set(LARGER_OR_MORE), creeping: false });
  return causes;
};
