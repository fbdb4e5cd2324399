/** capsule.json: what to explain. The only part without which there is no capsule. */
import { z } from 'zod';
import type { Capsule } from '../domain/capsule.ts';
import { parseInstant } from '../domain/instant.ts';
import type { EpochMs } from '../domain/time.ts';
import { AppError } from '../shared/errors.ts';

const Instant = z.union([z.string(), z.number()]).transform((value, context): EpochMs => {
  const at = parseInstant(value);
  if (at !== null) return at;
  context.addIssue({ code: 'custom', message: 'not an RFC 3339 instant or Unix nanoseconds' });
  return z.NEVER;
});
const Interval = z.object({ start: Instant, end: Instant }).refine(({ start, end }) => start <= end, { message: 'ends before it starts' });
const Text = z.string().nullish().transform((value) => value ?? null);
const Symptom = z.object({ service: Text, metric: Text, description: Text });

const Manifest = z.object({
  schema: z.literal('faultline.capsule/1'),
  id: z.string().min(1).max(256),
  detected_at: Instant,
  window: Interval,
  baseline: Interval.nullish(),
  symptom: Symptom.nullish(),
  collected_at: Instant.nullish(),
});

export type CapsuleManifest = Pick<Capsule, 'id' | 'detectedAt' | 'window' | 'baseline' | 'symptom' | 'collectedAt'>;

/**
 * Reads the text of capsule.json.
 * @throws AppError `capsule_invalid` naming each wrong field.
 */
export const parseManifest = (text: string, where: string): CapsuleManifest => {
  const result = Manifest.safeParse(jsonOf(text, where));
  if (!result.success) {
    const wrong = result.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`);
    throw invalid(where, wrong.join('; '));
  }
  const { id, detected_at: detectedAt, window, baseline, symptom, collected_at: collectedAt } = result.data;
  return { id, detectedAt, window, baseline: baseline ?? null, symptom: symptom ?? null, collectedAt: collectedAt ?? null };
};

const jsonOf = (text: string, where: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw invalid(where, 'not valid JSON', error);
  }
};

const invalid = (where: string, what: string, cause?: unknown): AppError =>
  new AppError({
    code: 'capsule_invalid',
    message: `${where} is not a valid capsule: capsule.json: ${what}`,
    hint: 'capsule.json needs schema "faultline.capsule/1", id, detected_at and window {start, end}; instants are RFC 3339 or Unix nanoseconds.',
    cause,
  });
