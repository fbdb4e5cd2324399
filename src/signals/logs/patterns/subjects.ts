/**
 * Names that begin messages: of users, players, devices, jobs. `alice left the room` alone looks like the text of a statement,
 * and verbs cross with their objects as freely as names with what is told of them. But where the same words come first in
 * front of several texts, each of which begins with a verb (`left`, `was`, `has`), they are what these speak of.
 */
import type { ItemTable } from './item-table.ts';
import { SequenceHash } from './clusters.ts';
import { STATE_SHARE, VALUE_SHARE } from './evidence.ts';
import { FIRST } from './row-key.ts';
import { WILD } from './vocabulary.ts';

/** So many names in front of one text, so many texts behind one name, and so many verbs that these begin with. */
const MIN_NAMES = 3;
const MIN_TEXTS = 3;
const MIN_VERBS = 3;

interface Text {
  readonly verb: number;
  readonly names: Set<number>;
}

/** What is told of several names, where it begins with a verb and is more than that. */
const textsOf = (table: ItemTable): Text[] => {
  const { vocabulary } = table;
  const texts = new Map<number, Text>();
  const hash = new SequenceHash();
  for (const { ids, places } of table.items) {
    const [name = WILD, verb = WILD] = ids;
    if (ids.length < 3 || places[0] !== FIRST || table.isWildcard(name) || table.isWildcard(verb)) continue;
    if (vocabulary.isPunctuation(verb) || vocabulary.share(verb) >= STATE_SHARE || vocabulary.share(name) < VALUE_SHARE) continue;
    hash.reset(ids);
    const key = hash.valueWithHole(name, 0);
    const text = texts.get(key);
    if (text === undefined) texts.set(key, { verb, names: new Set([name]) });
    else text.names.add(name);
  }
  return [...texts.values()].filter(({ names }) => names.size >= MIN_NAMES);
};

/** Marks the words that are names in front of sentences as values, and returns whether there are new ones. */
export const learnSubjects = (table: ItemTable): boolean => {
  const toldOf = new Map<number, { texts: number; readonly verbs: Set<number> }>();
  for (const { verb, names } of textsOf(table)) {
    for (const name of names) {
      const told = toldOf.get(name) ?? { texts: 0, verbs: new Set() };
      toldOf.set(name, told);
      told.texts++;
      told.verbs.add(verb);
    }
  }
  const subjects = [...toldOf].filter(([name, { texts, verbs }]) => texts >= MIN_TEXTS && verbs.size >= MIN_VERBS && !table.vocabulary.isSubject(name));
  if (subjects.length < MIN_NAMES) return false;
  for (const [name] of subjects) table.vocabulary.markSubject(name);
  return true;
};
