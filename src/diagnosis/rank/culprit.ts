/**
 * A change in one service may hurt another most: retries multiply calls to a callee, an empty cache loads what stands behind it, a renamed field
 * breaks who reads it. When such a change meets the symptoms, the service that was changed is the culprit and outranks the victims that it explains.
 */
import type { Finding } from '../../domain/finding.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import { bestChange, blaming, BLAME, type Attribution, type AttributionContext } from './attribute-change.ts';
import type { Suspect } from './rank-components.ts';

/** Victims looked at: those nearly as suspect as the first. */
const NEARLY = 0.6;
const MAX_VICTIMS = 8;
/** Blame moves to another service only on good evidence. */
const MOVES = 1.2 * BLAME;
const MIN_MATCH = 1;
/** The culprit stands before its victim, but not as if the victim's symptoms were twice as certain. */
const AHEAD = 0.1;

const movedTo = (victim: Suspect, found: Attribution, own: readonly Suspect[], findings: readonly Finding[]): Suspect | null => {
  const name = found.profile.change.service;
  if (name === null) return null;
  const [known] = own;
  const seen = findings.filter(({ component, role, kind }) => component.name === name && role !== 'context' && kind !== 'change').sort((a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1)).slice(0, 3);
  const supports = [...new Map([...(known?.supports.filter(({ kind }) => kind !== 'change') ?? []), ...seen, ...victim.supports.filter(({ kind }) => kind !== 'change')].map((finding) => [finding.id, finding])).values()].slice(0, 8);
  const topics = [...new Set([...(known?.topics ?? []), ...victim.topics])].sort();
  // The victim's load and waiting are its own; what the culprit did is code or a setting.
  return blaming({ component: componentOf('service', name), fault: 'code', score: Math.max(victim.score, known?.score ?? 0) + AHEAD, supports, contradictions: known?.contradictions ?? [], changeId: null, topics }, found);
};

/** The culprits whose changes explain the leading suspects of other services, to be ranked beside them. `suspects`: best first, without changes. */
export const culpritsOf = (suspects: readonly Suspect[], context: AttributionContext, findings: readonly Finding[]): readonly Suspect[] => {
  const [first] = suspects;
  const victims = suspects.slice(0, MAX_VICTIMS).filter(({ score }) => score >= NEARLY * (first?.score ?? 0));
  const culprits = new Map<string, Suspect>();
  for (const victim of victims) {
    // What users ask for at the door is nobody's doing behind it.
    if (victim.fault === 'traffic' || victim.supports.some(({ kind, changeId }) => kind === 'change' && changeId !== null)) continue;
    const found = bestChange(victim, context);
    if (found === null || found.score < MOVES || found.match < MIN_MATCH || found.relation === 'same') continue;
    const own = suspects.filter(({ component }) => component.name === found.profile.change.service);
    // Who is suspected more than its victim as it is needs no help.
    if ((own[0]?.score ?? 0) >= victim.score) continue;
    const culprit = movedTo(victim, found, own, findings);
    const known = culprit === null ? undefined : culprits.get(culprit.component.name);
    if (culprit !== null && (known === undefined || culprit.score > known.score)) culprits.set(culprit.component.name, culprit);
  }
  return [...culprits.values()];
};
