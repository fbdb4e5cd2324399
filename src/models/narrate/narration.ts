/** What a model is asked for: sentences with citations. It has no field for a cause, a rank, a confidence or a command. */
import { z } from 'zod';

/** Models write citations as numbers, texts, or `[3]`. */
const Cites = z.array(z.union([z.number(), z.string()])).default([]).transform((cites) => cites.flatMap((cite) => {
  const number = typeof cite === 'number' ? cite : Number(/\d+/.exec(cite)?.[0] ?? Number.NaN);
  return Number.isInteger(number) ? [number] : [];
}));

export const NarratedSentence = z.object({ text: z.string(), cites: Cites });
export type NarratedSentence = z.infer<typeof NarratedSentence>;

export const Narration = z.object({
  summary: z.array(NarratedSentence).min(1),
  hypotheses: z.array(z.object({ rank: z.int(), sentences: z.array(NarratedSentence) })),
  impact: z.array(NarratedSentence),
  next_actions: z.array(z.object({ action: z.int(), text: z.string(), cites: Cites })),
});
export type Narration = z.infer<typeof Narration>;

const sentence = { type: 'object', properties: { text: { type: 'string' }, cites: { type: 'array', items: { type: 'integer' } } }, required: ['text', 'cites'], additionalProperties: false } as const;
const list = (items: Readonly<Record<string, unknown>>) => ({ type: 'array', items }) as const;

/** The same for servers, in the subset that all of them take: no limits, every field required, nothing besides. */
export const NARRATION_JSON_SCHEMA = {
  type: 'object',
  properties: {
    summary: list(sentence),
    hypotheses: list({ type: 'object', properties: { rank: { type: 'integer' }, sentences: list(sentence) }, required: ['rank', 'sentences'], additionalProperties: false }),
    impact: list(sentence),
    next_actions: list({ type: 'object', properties: { action: { type: 'integer' }, text: { type: 'string' }, cites: { type: 'array', items: { type: 'integer' } } }, required: ['action', 'text', 'cites'], additionalProperties: false }),
  },
  required: ['summary', 'hypotheses', 'impact', 'next_actions'],
  additionalProperties: false,
} as const;
