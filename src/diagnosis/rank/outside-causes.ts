/**
 * Troubles that befall a system nobody touched: a certificate runs out, a provider fails, a disk fills up, a network breaks, traffic rises.
 * That a change edits the code which meets such a trouble is no evidence; only an edit that can bring the very trouble about may be to blame.
 */
import type { Finding } from '../../domain/finding.ts';
import type { Fault } from '../../domain/report.ts';

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
  { fault: 'dependency', pattern: /\b429\b|rate.?limit|quota|throttl|too many requests/i, themes: ['throttle', 'retry', 'cache', 'loop', 'polling', 'access'] },
  { fault: 'dependency', pattern: /refused|no such host|resolve|\b40[0-9]\b|unauthori|forbidden|not found/i, themes: ['address', 'access', 'routing', 'schema', 'environment', 'tls'] },
  { fault: 'dependency', pattern: null, themes: ['address', 'environment'] },
  { fault: 'disk', pattern: null, themes: ['files', 'log level', 'growth'], creeping: true },
  { fault: 'storage', pattern: null, themes: ['files', 'log level', 'growth'], creeping: true },
  { fault: 'network_loss', pattern: null, themes: ['address', 'routing', 'environment', 'tls', 'access'] },
  { fault: 'dns', pattern: null, themes: ['address', 'routing', 'environment', 'access'] },
  { fault: null, pattern: /(?:hardware|machine|instance|host) (?:failure|fault|maintenance|retire)|failover|split.?brain|noisy neighbou?r|cpu steal|spot (?:interruption|reclaim)|power (?:loss|outage)|availability zone|region .{0,20}(?:outage|impaired|unavailable)|leader election|replica(?:tion)? (?:lag|broken|stopped)/i, themes: ['address', 'resources', 'environment'] },
];

/** A finding fits a fault from here on. */
const FITS = 0.6;
/** As strong as this share of its component's strongest finding of the same kind. */
const STRONG_SHARE = 0.5;

const causeOf = (finding: Finding): OutsideCause | null => {
  const text = [finding.indicator, ...finding.samples].join(' ').slice(0, 4_000);
  for (const { fault, pattern, themes, creeping } of RULES) {
    if (fault !== null && (finding.faults[fault] ?? 0) < FITS) continue;
    if (pattern === null || pattern.test(text)) return { themes: new Set(themes), creeping: creeping === true };
  }
  return null;
};

const keyOf = ({ component, kind }: Finding): string => `${kind} ${component.name}`;

/** Components whose strong findings tell of such a trouble. */
export const outsideCauses = (findings: readonly Finding[]): ReadonlyMap<string, OutsideCause> => {
  const speaking = findings.filter(({ role, kind }) => role !== 'context' && kind !== 'change');
  const strongest = new Map<string, number>();
  for (const finding of speaking) strongest.set(keyOf(finding), Math.max(strongest.get(keyOf(finding)) ?? 0, finding.strength));
  const causes = new Map<string, OutsideCause>();
  const sorted = [...speaking].sort((a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1));
  for (const finding of sorted) {
    if (finding.strength < STRONG_SHARE * (strongest.get(keyOf(finding)) ?? 0)) continue;
    const cause = causeOf(finding);
    const known = causes.get(finding.component.name);
    // Of several such troubles the one that leaves least to edits decides.
    if (cause !== null && (known === undefined || cause.themes.size < known.themes.size)) causes.set(finding.component.name, cause);
  }
  return causes;
};
