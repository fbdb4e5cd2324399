/** One case through one model, measured: what it gave, what of it stands, what it cost. */
import { z } from 'zod';
import type { Language } from '../../domain/language.ts';
import { ModelError } from '../../ports/model-error.ts';
import type { CallTelemetry } from '../../ports/model-telemetry.ts';
import { attempt, type AttemptContext } from '../gateway/attempt.ts';
import type { Embedder } from '../gateway/embedder.ts';
import { parseAnswer } from '../gateway/parse-answer.ts';
import type { Seat } from '../gateway/seat.ts';
import { closeness } from './closeness.ts';
import { sentenceChecker } from '../grounding/check-sentence.ts';
import { groundNarration } from '../grounding/ground-narration.ts';
import type { Budget } from '../cost/budget.ts';
import { Narration, NARRATION_JSON_SCHEMA } from '../narrate/narration.ts';
import type { NarrationCase } from '../narrate/narration-case.ts';
import { renderCase } from '../narrate/word-case.ts';
import { buildPack, packText } from '../pack/build-pack.ts';
import { renderPrompt, type PromptLoader } from '../prompts/load-prompt.ts';
import { systemRuntime } from '../resilience/runtime.ts';

/** Each 0 to 4. */
const Rubric = z.object({ faithful: z.number().min(0).max(4), complete: z.number().min(0).max(4), clear: z.number().min(0).max(4), short: z.number().min(0).max(4) });
const RUBRIC_SCHEMA = {
  type: 'object', properties: Object.fromEntries(Object.keys(Rubric.shape).map((key) => [key, { type: 'integer' }])), required: Object.keys(Rubric.shape), additionalProperties: false,
} as const;

export interface Evaluation {
  /** `narrate@1 709db8e9f776c03b`: only rows of one prompt compare models, only rows of one model compare prompts. */
  readonly prompt: string;
  readonly model: string;
  /** Keeps to the schema at the first answer. */
  readonly valid: boolean;
  /** Null where it answered. */
  readonly error: string | null;
  readonly sentences: number;
  /** Grounding violations before the check … */
  readonly removed: number;
  /** … and after it: what stands is checked once more. */
  readonly left: number;
  readonly costUsd: number;
  readonly durationMs: number;
  /** 0 to 16 by the judge model; null where none is configured or it failed. */
  readonly score: number | null;
  /**
   * Cosine of the wording and Faultline's own, by the embedding model, -1 to 1; null where none is configured or it failed. Low: the
   * model speaks of something else.
   */
  readonly closeness: number | null;
}

export interface EvaluatedCase {
  readonly about: NarrationCase;
  readonly prompt: 'narrate' | 'digest';
  /** The texts in Faultline's own words. */
  readonly ownWords: readonly string[];
}

export interface EvaluationContext {
  readonly seat: Seat;
  readonly judge: Seat | null;
  readonly embedder: Embedder | null;
  readonly budget: Budget;
  readonly telemetry: CallTelemetry;
  readonly prompts: PromptLoader;
  readonly mask: (text: string) => string;
  readonly evidenceTokens: number;
  readonly language: Language;
  readonly signal: AbortSignal;
}

const attemptContext = ({ budget, prompts, telemetry }: EvaluationContext, incident: string, promptName: string): AttemptContext => {
  const prompt = prompts(promptName);
  return { task: prompt.task, incident, prompt, budget, telemetry, runtime: systemRuntime };
};

const judged = async (evidence: string, wording: string, incident: string, context: EvaluationContext): Promise<number | null> => {
  if (context.judge === null || wording === '') return null;
  const { system, user, prompt } = renderPrompt(context.prompts('judge'), { evidence, wording });
  try {
    const { answer } = await attempt(context.judge, { system, user, maxOutputTokens: prompt.maxOutputTokens, schema: RUBRIC_SCHEMA }, attemptContext(context, incident, 'judge'), 1, context.signal);
    const rubric = parseAnswer(answer.text, Rubric);
    return rubric.faithful + rubric.complete + rubric.clear + rubric.short;
  } catch {
    return null;
  }
};

const closenessTo = async (ownWords: readonly string[], wording: string, incident: string, { embedder, mask, signal }: EvaluationContext): Promise<number | null> => {
  if (embedder === null || wording === '') return null;
  const embedding = await embedder.embed([mask(ownWords.join('\n')), mask(wording)], incident, { signal });
  if (embedding.kind === 'unanswered') return null;
  const [own, its] = embedding.vectors;
  return own === undefined || its === undefined ? null : closeness(own, its);
};

const narrationOf = (text: string): Narration | null => {
  try {
    return parseAnswer(text, Narration);
  } catch {
    return null;
  }
};

/** Never throws for a model's sake. No cache, no retries, no fallback: the model itself is measured. */
export const evaluateCase = async ({ about, prompt: promptName, ownWords }: EvaluatedCase, context: EvaluationContext): Promise<Evaluation> => {
  const pack = buildPack(about.entries, { budgetTokens: context.evidenceTokens, mask: context.mask });
  const { system, user, prompt } = renderCase(about, pack, promptName, context);
  const row = { prompt: `${prompt.name}@${prompt.version} ${prompt.hash}`, model: `${context.seat.model.provider}/${context.seat.model.model}`, valid: false, error: null, sentences: 0, removed: 0, left: 0, costUsd: 0, durationMs: 0, score: null, closeness: null };
  const startedMs = systemRuntime.nowMs();
  try {
    const paid = await attempt(context.seat, { system, user, maxOutputTokens: prompt.maxOutputTokens, schema: NARRATION_JSON_SCHEMA }, attemptContext(context, about.incident, promptName), 1, context.signal);
    const measured = { ...row, costUsd: paid.costUsd, durationMs: systemRuntime.nowMs() - startedMs };
    const narration = narrationOf(paid.answer.text);
    if (narration === null) return { ...measured, error: 'model_invalid_output' };
    const wording = groundNarration(narration, about, pack, context.language);
    const checker = sentenceChecker({ pack, language: context.language, mayBeCertain: about.mayBeCertain });
    const left = wording.kept.filter((sentence) => checker.check(sentence, null) !== null).length;
    const texts = [wording.summary, ...wording.hypotheses.values(), wording.impact].filter((text) => text !== null);
    const text = texts.join('\n');
    const [score, near] = await Promise.all([judged(packText(pack), text, about.incident, context), closenessTo(ownWords, text, about.incident, context)]);
    return { ...measured, valid: true, sentences: wording.sentences, removed: wording.removed.length, left, score, closeness: near };
  } catch (error) {
    return { ...row, error: error instanceof ModelError ? error.code : 'unexpected', durationMs: systemRuntime.nowMs() - startedMs };
  }
};
