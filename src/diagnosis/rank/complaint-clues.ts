/** A silent service that several others write about: one fault of it is likelier than the same fault of each of them. */
import type { Capsule } from '../../domain/capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Fault } from '../../domain/report.ts';
import { matchKnownFailures } from '../../signals/logs/knowledge/match-known-failures.ts';
import type { MetricAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { findingOf } from '../../signals/metrics/metric-findings.ts';
import { componentOf, seriesComponent } from '../../signals/metrics/series-component.ts';
import type { CallGraph } from '../relate/call-graph.ts';
import { complaintsIn, type Complaint } from '../relate/complaints.ts';
import { isResolver, type Unresolved } from '../relate/resolver.ts';
import { isStore } from '../relate/store.ts';
import { pointsOf, type Clue } from './clue.ts';

/** Callers that have to agree. */
const MIN_CALLERS = 2;
const MOST_POINTS = 6;
/** What a fault of somebody who was called looks like to the one who called. */
const OF_THE_CALLED: readonly Fault[] = ['dns', 'network_loss', 'network_delay', 'certificate', 'permission', 'dependency', 'crash'];
const FITS = 0.6;

/** Names of those who say anything themselves: a measurement of their own, a log pattern, a span. What others measure of them is not theirs. */
const speakersIn = (capsule: Capsule, metrics: MetricAnalysis, findings: readonly Finding[]): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const { series } of metrics.series) {
    const component = seriesComponent(series);
    if (component !== null && component.kind !== 'edge') names.add(component.name);
  }
  for (const { component, kind } of findings) if (kind !== 'change') names.add(component.name);
  for (const service of new Set(capsule.spans.services)) names.add(capsule.spans.names[service] ?? '');
  return names;
};

/** By whom it is complained about, with the strongest complaint of each. */
const strongestByCaller = (complaints: readonly Complaint[]): ReadonlyMap<string, Finding> => {
  const best = new Map<string, Finding>();
  for (const { by, finding } of complaints) if (finding.strength > (best.get(by)?.strength ?? 0)) best.set(by, finding);
  return best;
};

/** From here on somebody's own words tell of trouble of its own; spans may be what its callers recorded. */
const TROUBLED = 3;

/** Ids of complaints about a callee that tells of trouble of its own: who writes passes it on. */
const aboutTroubled = (findings: readonly Finding[], graph: CallGraph): readonly string[] => {
  const troubled = new Set(findings.filter(({ kind, role, strength }) => kind === 'log_pattern' && role === 'cause' && strength >= TROUBLED).map(({ component }) => component.name));
  return complaintsIn(findings, troubled).filter(({ by, about }) => graph.callees.get(by)?.has(about) === true).map(({ finding }) => finding.id);
};

export interface Complained {
  readonly clues: readonly Clue[];
  /** Ids of findings that speak of a silent or troubled service instead of the one who writes. */
  readonly passedOn: ReadonlySet<string>;
}

/** Failures to resolve names speak of the resolver, where it is seen to be in trouble. */
const resolverClues = (unresolved: Unresolved | null): Complained => {
  if (unresolved === null) return { clues: [], passedOn: new Set() };
  const { resolver, findings, failures } = unresolved;
  const shift = failures?.analysis.shift ?? null;
  const counted = failures === null || shift === null ? null : { points: pointsOf(failures.strength) * failures.persistence, finding: findingOf(failures.analysis, shift) };
  const points = Math.min(MOST_POINTS, Math.max(findings[0]?.strength ?? 0, counted?.points ?? 0));
  const shown = [...findings.slice(0, 3), ...(counted === null ? [] : [counted.finding])];
  return { clues: [{ component: componentOf('service', resolver), fault: 'dns', points, leading: true, findings: shown, topic: 'complaints' }], passedOn: new Set(findings.map(({ id }) => id)) };
};

/** Stores that answer that they only just start (Redis, "LOADING"; PostgreSQL, SQLSTATE 57P03; MongoDB, NotPrimaryOrSecondary): who writes reached them, and they speak of themselves. */
const STARTING = /\bLOADING\b.{0,40}dataset|\b57P03\b|database system is (?:starting up|shutting down|in recovery mode)|node is recovering|NotPrimaryOrSecondary/i;

const saysStarting = ({ indicator, samples }: Finding): boolean => [indicator, ...samples].some((text) => STARTING.test(text.slice(0, 1_000)));

/** A store that has no connection left answers so itself (MySQL, 1040; PostgreSQL, SQLSTATE 53300); several callers that are told so share one store that is full. */
const saysFull = ({ indicator }: Finding): boolean => matchKnownFailures({ texts: [indicator] })[0]?.failure.id === 'database_connections_full';

/** Stores of which so many callers write what the store itself says of its state. */
const toldByStores = (findings: readonly Finding[], graph: CallGraph, says: (finding: Finding) => boolean, { fault, minCallers }: { readonly fault: Fault; readonly minCallers: number }): Complained => {
  const telling = findings.filter((finding) => finding.kind === 'log_pattern' && says(finding));
  const complaints = complaintsIn(telling, graph.names.filter(isStore)).filter(({ by, about }) => graph.callees.get(by)?.has(about) === true);
  const told = complaints.filter(({ about }) => new Set(complaints.filter((one) => one.about === about).map(({ by }) => by)).size >= minCallers);
  return {
    clues: told.map(({ about, finding }) => ({ component: componentOf('service', about), fault, points: Math.min(MOST_POINTS, finding.strength), leading: true, findings: [finding], topic: 'complaints' })),
    passedOn: new Set(told.map(({ finding }) => finding.id)),
  };
};

export const complaintClues = (capsule: Capsule, metrics: MetricAnalysis, findings: readonly Finding[], { graph, unresolved = null }: { readonly graph: CallGraph; readonly unresolved?: Unresolved | null }): Complained => {
  const ofResolver = resolverClues(unresolved);
  const speakers = speakersIn(capsule, metrics, findings);
  const about = new Map<string, Complaint[]>();
  for (const complaint of complaintsIn(findings, graph.names.filter((name) => !speakers.has(name)))) {
    // Who could not be found was not asked, and a resolver names those whom it was asked for.
    if (ofResolver.passedOn.has(complaint.finding.id) || isResolver(complaint.by)) continue;
    const same = about.get(complaint.about);
    if (same === undefined) about.set(complaint.about, [complaint]);
    else same.push(complaint);
  }
  const starting = toldByStores(findings, graph, saysStarting, { fault: 'crash', minCallers: 1 });
  const full = toldByStores(findings, graph, saysFull, { fault: 'capacity', minCallers: MIN_CALLERS });
  const clues: Clue[] = [...ofResolver.clues, ...starting.clues, ...full.clues];
  const passedOn = new Set<string>([...aboutTroubled(findings, graph), ...ofResolver.passedOn, ...starting.passedOn, ...full.passedOn]);
  for (const [name, complaints] of about) {
    const callers = strongestByCaller(complaints);
    if (callers.size < MIN_CALLERS) continue;
    for (const { finding } of complaints) passedOn.add(finding.id);
    const [first, second] = [...callers.values()].sort((a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1));
    if (first === undefined || second === undefined) continue;
    const named = OF_THE_CALLED.filter((fault) => (first.faults[fault] ?? 0) >= FITS);
    for (const fault of named.length === 0 ? (['dependency'] as const) : named) {
      clues.push({ component: componentOf('service', name), fault, points: Math.min(MOST_POINTS, first.strength), leading: true, findings: [first, second], topic: 'complaints' });
    }
  }
  return { clues, passedOn };
};
