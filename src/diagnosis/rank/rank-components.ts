/** Clues add up to hypotheses; hypotheses are ordered by what they explain. */
import type { Finding } from '../../domain/finding.ts';
import type { Component, Fault } from '../../domain/report.ts';
import type { Scope } from '../scope.ts';
import { reachability, type CallGraph } from '../relate/call-graph.ts';
import { explainedSuffering, type Suffering } from '../relate/suffering.ts';
import { componentKey, type Clue } from './clue.ts';

export interface Suspect {
  readonly component: Component;
  readonly fault: Fault;
  readonly score: number;
  readonly supports: readonly Finding[];
  readonly contradictions: readonly Finding[];
  readonly changeId: string | null;
  /** 0 to 1: how well time, place and content of its change are evidenced; absent without a change, and for one that its new pods convict. */
  readonly changeEvidence?: number;
  /** Topics that testify, sorted. */
  readonly topics: readonly string[];
}

export interface RankContext {
  readonly scope: Scope;
  readonly graph: CallGraph;
  /** Who visibly suffers. */
  readonly suffering: Suffering;
  /** Who gets more calls because users make more. */
  readonly carriers: ReadonlySet<string>;
  /** Who gets more calls because a caller multiplies them. */
  readonly flooded: ReadonlySet<string>;
  /** Who answers nobody any more: whatever its callers fail of is its doing. */
  readonly dead: ReadonlySet<string>;
  /** Queues that fill up. */
  readonly queues: ReadonlyMap<string, number>;
  /** Milliseconds by which answers take longer than usual, of those that are slow. */
  readonly slowness: ReadonlyMap<string, number>;
}

/** Topics of what a caller does to those whom it calls. */
const LOAD_TOPICS: ReadonlySet<string> = new Set(['traffic', 'amplification', 'backlog']);

type Reach = (start: string) => ReadonlyMap<string, number>;

/** What further clues of one topic are worth beside its best. */
const REPEAT = 0.15;
/** Nobody whom the sufferer calls, directly or not: it can hardly hurt there. */
const OUT_OF_REACH = 0.35;
/** Nobody knows. */
const NOT_IN_GRAPH = 0.8;
/** A fault's own clues count in full, those of other faults of the same component this much. */
const OTHER_FAULT = 0.4;

/** What the best, second, third topic are worth: signals of one event repeat each other, and some faults show in one signal only. */
const TOPIC_WEIGHTS = [1, 0.4, 0.25, 0.15, 0.1] as const;

const sumOf = (clues: readonly Clue[]): number => {
  const topics = new Map<string, number[]>();
  for (const { topic, points } of clues) topics.set(topic, [...(topics.get(topic) ?? []), points]);
  const sums = [...topics.values()].map((points) => {
    points.sort((a, b) => b - a);
    return points.reduce((sum, point, index) => sum + (index === 0 ? point : Math.min(1, point * REPEAT) / index), 0);
  });
  sums.sort((a, b) => b - a);
  return sums.reduce((sum, points, index) => sum + points * (TOPIC_WEIGHTS[index] ?? 0), 0);
};

/** Failing calls, exceptions and unsaid defects: what any more specific fault looks like from outside. */
const GENERIC: ReadonlySet<Fault> = new Set<Fault>(['error_return', 'exception', 'code', 'configuration', 'unknown']);
/** A specific fault with this many points of its own takes over all generic signs of its component. */
const CONVINCING = 2.5;

const scoreOf = (fault: Fault, own: readonly Clue[], group: readonly Clue[]): number => {
  const alone = sumOf(own);
  const together = sumOf(group);
  const plain = alone * (1 - OTHER_FAULT) + together * OTHER_FAULT;
  if (GENERIC.has(fault)) return plain;
  const withGeneric = sumOf(group.filter((clue) => clue.fault === fault || GENERIC.has(clue.fault)));
  const said = sumOf(own.filter((clue) => clue.leading));
  return Math.max(plain, alone + (withGeneric - alone) * Math.min(1, said / CONVINCING));
};

const reachFactor = (component: Component, { scope, graph, suffering }: RankContext, reach: Reach, callersOf: Reach): number => {
  if (scope.sufferers.length === 0) {
    if (component.kind === 'node' || component.kind === 'kubernetes_object' || graph.names.length === 0) return 1;
    return OUT_OF_REACH + (1 - OUT_OF_REACH) * explainedSuffering(suffering, callersOf(component.name));
  }
  const known = scope.sufferers.filter((name) => graph.callees.has(name) || graph.callers.has(name));
  if (known.length === 0 || component.kind === 'node' || component.kind === 'kubernetes_object') return 1;
  if (!graph.callees.has(component.name) && !graph.callers.has(component.name)) return NOT_IN_GRAPH;
  if (known.some((name) => reach(name).has(component.name))) return 1;
  return graph.isHearsay ? NOT_IN_GRAPH : OUT_OF_REACH;
};

/** Of all visible suffering the share that load from there could bring about: with those behind it, and with whoever shares these with it. */
const sufferingBehind = (name: string, suffering: Suffering, reach: Reach, callersOf: Reach): number => {
  const touched = new Map<string, number>();
  for (const callee of reach(name).keys()) for (const [caller, hops] of callersOf(callee)) touched.set(caller, hops);
  return OUT_OF_REACH + (1 - OUT_OF_REACH) * explainedSuffering(suffering, touched);
};

/** Whom one caller overruns, others cannot use; and a queue that its readers neglect fails those who write to it. */
const isShared = (sufferer: string, name: string, { graph, flooded, queues }: RankContext, reach: Reach): boolean =>
  [...(graph.callees.get(name) ?? [])].some((callee) => (flooded.has(callee) || queues.has(callee)) && reach(sufferer).has(callee)) ||
  [...(graph.callers.get(name) ?? [])].some((caller) => queues.has(caller) && reach(sufferer).has(caller));

/** Faults that travel up the call graph: a caller fails or waits because its callee does. */
const INHERITED: ReadonlySet<Fault> = new Set<Fault>(['exception', 'error_return', 'code', 'dependency', 'configuration', 'unknown']);
/** The most that a suspect among its callees takes from a caller. */
const EXPLAINED_AWAY = 0.6;
/** What is left of that where the callee's trouble began a minute after the caller's. */
const LATE = 0.4;

/** A cause comes before what it explains; sampling blurs a quarter of a minute, and a minute is late. */
const inTime = (caller: Suspect | undefined, callee: Suspect | undefined): number => {
  const [a, b] = [firstOnset(caller), firstOnset(callee)];
  if (a === null || b === null) return 1;
  return Math.max(LATE, Math.min(1, 1 - (b - a - 15_000) / 45_000));
};

const firstOnset = (suspect: Suspect | undefined): number | null => {
  const onsets = (suspect?.supports ?? []).slice(0, 3).map((finding) => finding.onset).filter((at) => at !== null);
  return onsets.length === 0 ? null : Math.min(...onsets);
};

/** Of what spans fit a slow network from here on, most was lost between two clocks. */
const BETWEEN = 0.4;

/** A slow network that only the component's own slowness suggests may as well be the wait for a callee; what is lost between two clocks may not. */
const mayEcho = ({ fault, topics, supports }: Suspect): boolean =>
  INHERITED.has(fault) || (fault === 'network_delay' && topics.includes('latency') && !topics.includes('gap') && !supports.some(({ kind, faults }) => kind === 'trace' && (faults.network_delay ?? 0) >= BETWEEN));

/** Of a caller's lost time, what a callee must lose at least to be what it waits for; it may be called several times. */
const WAIT_SHARE = 0.2;

/** Weighs callers by what their callees leave to explain; each is judged by the scores before anybody was explained away. */
const explainedAway = (suspects: readonly Suspect[], { graph, flooded, dead, slowness }: RankContext): readonly Suspect[] => {
  const best = new Map<string, Suspect>();
  for (const suspect of suspects) {
    const { component, score } = suspect;
    if (component.kind !== 'kubernetes_object' && score > (best.get(component.name)?.score ?? 0)) best.set(component.name, suspect);
  }
  const shares = new Map<string, number>();
  const reach = reachability(graph.callees);
  const amplifying = new Set(suspects.filter(({ topics }) => topics.includes('amplification')).map(({ component }) => component.name));
  /** @param isWait only who loses enough time counts */
  const shareOf = (name: string, isWait: boolean): number => {
    const key = `${isWait} ${name}`;
    const known = shares.get(key);
    if (known !== undefined) return known;
    const least = isWait ? WAIT_SHARE * (slowness.get(name) ?? 0) : 0;
    const own = best.get(name)?.score ?? 0;
    let most = 0;
    for (const callee of reach(name).keys()) {
      // Of two that call each other, neither explains the other.
      if (callee === name || !best.has(callee) || reach(callee).has(name)) continue;
      // Whom it floods suffers for it.
      if (amplifying.has(name) && flooded.has(callee)) continue;
      if ((slowness.get(callee) ?? 0) < least) continue;
      most = Math.max(most, dead.has(callee) ? own : (best.get(callee)?.score ?? 0) * inTime(best.get(name), best.get(callee)));
    }
    const share = own <= 0 ? 0 : Math.min(1, most / own);
    shares.set(key, share);
    return share;
  };
  return suspects.map((suspect) => (mayEcho(suspect) ? { ...suspect, score: suspect.score * (1 - EXPLAINED_AWAY * shareOf(suspect.component.name, suspect.fault === 'network_delay')) } : suspect));
};

/** What load from elsewhere brings about is not the fault of those who carry it; and queues have no bound. */
const LOADED = 0.6;

const most = (suspects: readonly Suspect[], counts: (suspect: Suspect) => boolean): number => suspects.reduce((best, suspect) => (counts(suspect) ? Math.max(best, suspect.score) : best), 0);

const underLoad = (suspects: readonly Suspect[], { carriers, flooded }: RankContext): readonly Suspect[] => {
  const surge = most(suspects, ({ fault }) => fault === 'traffic');
  const amplified = most(suspects, ({ fault, topics }) => fault === 'code' && topics.includes('amplification'));
  const share = ({ component: { name }, fault }: Suspect): number => {
    const own = fault === 'traffic' ? 0 : Math.max(carriers.has(name) ? surge : 0, flooded.has(name) ? amplified : 0);
    return Math.min(1, own / CONVINCING);
  };
  return surge + amplified <= 0 ? suspects : suspects.map((suspect) => ({ ...suspect, score: suspect.score * (1 - LOADED * share(suspect)) }));
};

/** Topics that show a component's own exhaustion or breakdown, not what others see of it. */
const isOwn = (topic: string): boolean => topic === 'resource' || topic.startsWith('resource:') || topic === 'kubernetes' || topic === 'silence';
const OVERSHADOWED = 0.6;

/** Requests in flight, threads and held connections: they follow from waiting, whomever one waits for. */
const OCCUPANCY: ReadonlySet<string> = new Set(['resource:saturation', 'resource:wait']);

/** What shows it might as well be the echo of a callee's trouble. */
export const isInherited = ({ fault, topics }: Suspect): boolean => (INHERITED.has(fault) || fault === 'network_delay') && !topics.some((topic) => isOwn(topic) && !OCCUPANCY.has(topic));

/** Where nobody knows who calls whom: somebody's mere failing is probably the echo of somebody else's earlier breakdown. */
const overshadowed = (suspects: readonly Suspect[], graph: CallGraph): readonly Suspect[] => {
  const reach = reachability(graph.callees);
  const broken = suspects.find((suspect) => suspect.topics.some(isOwn) && !INHERITED.has(suspect.fault) && suspect.score >= CONVINCING);
  if (broken === undefined) return suspects;
  const isKnown = (name: string): boolean => graph.callees.has(name) || graph.callers.has(name);
  return suspects.map((suspect) => {
    const { name } = suspect.component;
    if (name === broken.component.name || !INHERITED.has(suspect.fault) || suspect.topics.some(isOwn)) return suspect;
    const unrelated = isKnown(name) && isKnown(broken.component.name) && !reach(name).has(broken.component.name);
    return unrelated ? suspect : { ...suspect, score: suspect.score * (1 - (1 - OVERSHADOWED) * inTime(suspect, broken)) };
  });
};

const distinct = (findings: readonly Finding[]): readonly Finding[] => [...new Map(findings.map((finding) => [finding.id, finding])).values()];

export const byScore = (a: Suspect, b: Suspect): number => b.score - a.score || (componentKey(a.component) + a.fault < componentKey(b.component) + b.fault ? -1 : 1);

/** Best first; ties by name, so that order of input does not matter. */
export const rankComponents = (clues: readonly Clue[], context: RankContext): readonly Suspect[] => {
  const { graph } = context;
  const byComponent = new Map<string, Clue[]>();
  for (const clue of clues) {
    const key = componentKey(clue.component);
    const group = byComponent.get(key);
    if (group === undefined) byComponent.set(key, [clue]);
    else group.push(clue);
  }
  const reach = reachability(graph.callees);
  const callersOf = reachability(graph.callers);
  const suspects: Suspect[] = [];
  for (const group of byComponent.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const isLoad = group.some(({ topic }) => LOAD_TOPICS.has(topic));
    // Calls that ceased are a harm of their own, done by whoever no longer makes them; load travels from callers to callees.
    const travelsDown = isLoad && context.scope.sufferers.some((name) => reach(first.component.name).has(name) || isShared(name, first.component.name, context, reach));
    const up = travelsDown || group.some(({ topic }) => topic === 'lost calls') ? 1 : reachFactor(first.component, context, reach, callersOf);
    const factor = isLoad && context.scope.sufferers.length === 0 ? Math.max(up, sufferingBehind(first.component.name, context.suffering, reach, callersOf)) : up;
    for (const fault of new Set(group.map((clue) => clue.fault))) {
      const own = group.filter((clue) => clue.fault === fault);
      const score = factor * scoreOf(fault, own, group);
      const lead = own.reduce((a, b) => (b.points > a.points ? b : a));
      const byPoints = [...own, ...group.filter((clue) => clue.fault !== fault)].filter((clue) => clue.points > 0);
      suspects.push({
        component: lead.component,
        fault,
        score,
        supports: distinct(byPoints.flatMap((clue) => clue.findings)).slice(0, 8),
        contradictions: distinct(group.filter((clue) => clue.points < 0).flatMap((clue) => clue.findings)),
        changeId: null,
        topics: [...new Set(byPoints.map((clue) => clue.topic))].sort(),
      });
    }
  }
  return [...overshadowed([...explainedAway(underLoad(suspects, context), context)].sort(byScore), graph)].sort(byScore);
};
