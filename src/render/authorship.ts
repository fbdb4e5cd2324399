/** Who worded a report or a digest, as plain sentences that every renderer shows. */
import type { Language } from '../domain/language.ts';
import type { LlmNote } from '../domain/llm-note.ts';
import { type AuthorshipWords, authorshipWordsFor } from './words/authorship-words.ts';

const OWN = 'deterministic';
const IDS_SHOWN = 8;

const because = (reason: string | null | undefined, words: AuthorshipWords): string => words.reasons[reason ?? 'model_not_configured'] ?? reason ?? '';

const idsOf = (incidents: NonNullable<LlmNote['incidents']>): string => {
  const ids = incidents.map(({ id }) => id);
  return ids.length > IDS_SHOWN ? `${ids.slice(0, IDS_SHOWN).join(', ')} … (${ids.length})` : ids.join(', ');
};

const author = ({ provider, model, tier, reason, incidents = [] }: LlmNote, words: AuthorshipWords): readonly string[] => {
  if (tier === OWN) return [words.own(because(reason, words))];
  const name = `${provider}/${model}`;
  const tierName = words.tier(tier);
  const own = incidents.filter((incident) => incident.tier === OWN);
  const who = own.length === 0 ? words.worded(name, tierName) : words.wordedSome(idsOf(incidents.filter((incident) => incident.tier !== OWN)), name, tierName, idsOf(own));
  return reason === null || reason === undefined ? [who] : [who, words.fellBack(because(reason, words))];
};

/** Kinds and counts: what exactly was removed may be an attacker's text, and is in the JSON. */
const removals = ({ removed = [] }: LlmNote, words: AuthorshipWords): readonly string[] => {
  if (removed.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { violation } of removed) counts.set(violation, (counts.get(violation) ?? 0) + 1);
  const kinds = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([violation, count]) => `${words.violations[violation] ?? violation}${count === 1 ? '' : ` (${count})`}`);
  return [words.removed(removed.length, kinds.join(', '))];
};

const usd = (amount: number): string => `$${amount.toFixed(2)}`;

const money = ({ budget }: LlmNote, words: AuthorshipWords): readonly string[] => (budget === undefined || budget === null ? [] : [words.budget(usd(budget.spent_usd), usd(budget.cap_usd))]);

/** One paragraph; empty where no model was asked for. */
export const authorship = (note: LlmNote | null, language: Language): string => {
  if (note === null) return '';
  const words = authorshipWordsFor(language);
  return [...author(note, words), ...removals(note, words), ...money(note, words)].join(' ');
};
