/** Warning events that no other check reads: what they mean, whom they are about, and whether it still holds. */
import type { EpochMs } from '../../../domain/time.ts';
import type { ClusterEvent } from '../cluster/types.ts';
import { clip, eventsCommand, firstSeen, isSteady, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';
import { EVENT_LORE, HARMLESS, TOLD_ELSEWHERE, type EventMeaning } from './event-lore.ts';
import { isFresh, subjectOf, type Subject } from './event-subject.ts';
import { WORDS } from './log-words.ts';

const UNKNOWN: EventMeaning = { id: 'warning', faults: { unknown: 0.6, configuration: 0.5 }, strength: STRENGTH.weak - 0.6, meaning: 'its controller warns' };

const fits = (item: EventMeaning, event: ClusterEvent): boolean =>
  (item.normal === true || event.type === 'Warning') && (item.reason?.test(event.reason) ?? true) && (item.message?.test(event.message) ?? true);

/** Reasons first; then words of runtimes and drivers in the message, which controllers pass on; then that it warns at all. */
const meaningOf = (event: ClusterEvent): EventMeaning | null => {
  const known = EVENT_LORE.find((item) => fits(item, event));
  if (known !== undefined && known.id !== 'sync') return known;
  if (event.type !== 'Warning') return null;
  const words = WORDS.find((item) => item.pattern.test(event.message));
  if (words !== undefined) return { id: words.id, faults: words.faults, strength: STRENGTH.likely, meaning: words.meaning, lasting: true };
  return known ?? UNKNOWN;
};

interface Group {
  readonly meaning: EventMeaning;
  readonly subject: Subject;
  readonly events: ClusterEvent[];
}

const groupsOf = ({ cluster, index, window }: CheckInput): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const event of cluster.events) {
    if (TOLD_ELSEWHERE.has(event.reason) || HARMLESS.has(event.reason) || !isFresh(event, window)) continue;
    const meaning = meaningOf(event);
    if (meaning === null) continue;
    const subject = subjectOf(cluster, index, event.about);
    const key = `${meaning.id} ${subject.component.kind} ${subject.component.namespace ?? ''}/${subject.component.name}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { meaning, subject, events: [event] });
    else group.events.push(event);
  }
  return [...groups.values()];
};

/** The pod runs well since: what was said about its start has been overcome. */
const isOvercome = ({ meaning, subject }: Group): boolean => meaning.lasting !== true && (subject.pod === null ? (subject.app?.pods.length ?? 0) > 0 && subject.app?.pods.every(isSteady) === true : isSteady(subject.pod));

const PASSING_MS = 180_000;

/** What lasts is written again and again; what was said once and minutes ago has passed, unless it is final by its nature. */
const isPassing = ({ meaning, events }: Group, at: EpochMs): boolean =>
  meaning.strength < STRENGTH.strong && events.reduce((sum, event) => sum + event.count, 0) === 1 && at - (events[0]?.last ?? at) > PASSING_MS;

const run = (input: CheckInput): readonly Suspicion[] =>
  groupsOf(input).map((group) => {
    const { meaning, subject, events } = group;
    const last = events.at(-1);
    const overcome = isOvercome(group) || isPassing(group, input.cluster.at);
    const weak = overcome || meaning.strength < STRENGTH.weak;
    return {
      check: 'warning-event',
      blame: subject.component,
      detail: meaning.id,
      role: weak ? ('symptom' as const) : ('cause' as const),
      faults: meaning.faults,
      strength: overcome ? STRENGTH.hint : meaning.strength,
      onset: firstSeen(events),
      indicator: last?.reason ?? '',
      observed: clip(last?.message ?? '', 120),
      expected: null,
      summary: `${last?.about.kind ?? ''} ${last?.about.name ?? ''}: ${meaning.meaning} (${last?.reason ?? ''}: ${clip(last?.message ?? '', 140)}).`,
      command: eventsCommand(last?.about.namespace ?? null, last?.about.kind ?? '', last?.about.name ?? ''),
      samples: events.slice(-2).map((event) => clip(event.message)),
    };
  });

export const EVENT_CHECKS: readonly Check[] = [
  {
    id: 'warning-event',
    why: 'Every component of Kubernetes, and every operator, writes what it cannot do into events of the object that it works on.',
    source: 'https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/',
    run,
  },
];
