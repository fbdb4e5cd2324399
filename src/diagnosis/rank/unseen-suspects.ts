/** A called service of which nothing is measured may be the cause of what no measured callee explains: it must be named, and must not be believed. */
import { componentOf } from '../../signals/metrics/series-component.ts';
import type { CallGraph } from '../relate/call-graph.ts';
import { byScore, isInherited, type Suspect } from './rank-components.ts';

/** What is left of a caller's suspicion for each unseen service it calls: it may as well be the caller itself. */
const SHARE = 0.5;
/** The same of the first of several callers, none of them much less suspect: what they have in common is whom they call. */
const SHARED = 0.9;
const COMPARABLE = 0.25;
const MAX_SUSPECTS = 50;

/** The suspects and, for each unseen service, one that rests on what its callers show. */
export const withUnseen = (suspects: readonly Suspect[], unseen: readonly string[], graph: CallGraph): readonly Suspect[] => {
  const best = new Map<string, Suspect>();
  for (const suspect of suspects) {
    const { kind, name } = suspect.component;
    if ((kind === 'service' || kind === 'edge' || kind === 'pod') && isInherited(suspect) && !best.has(name)) best.set(name, suspect);
  }
  const named = new Set(suspects.map(({ component }) => component.name));
  const added = unseen.slice(0, MAX_SUSPECTS).flatMap((name): readonly Suspect[] => {
    if (named.has(name)) return [];
    const callers = [...(graph.callers.get(name) ?? [])].sort().flatMap((caller) => best.get(caller) ?? []);
    callers.sort(byScore);
    const [first] = callers;
    if (first === undefined) return [];
    // One fault that explains two is likelier than two faults.
    const isShared = (callers[1]?.score ?? 0) >= COMPARABLE * first.score;
    const score = SHARE * callers.reduce((sum, { score: own }) => sum + own, 0) + (isShared ? (SHARED - SHARE) * first.score : 0);
    const supports = [...new Map(callers.flatMap((caller) => caller.supports.slice(0, 2)).map((finding) => [finding.id, finding])).values()];
    return [{ component: componentOf('service', name), fault: 'unknown', score, supports: supports.slice(0, 8), contradictions: [], changeId: null, topics: ['callers'] }];
  });
  return added.length === 0 ? suspects : [...suspects, ...added].sort(byScore);
};
