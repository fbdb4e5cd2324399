/** One case ► wording that the evidence carries, or none. */
import type { Language } from '../../domain/language.ts';
import type { LlmNote } from '../../domain/llm-note.ts';
import type { ModelTelemetry } from '../../ports/model-telemetry.ts';
import type { Gateway, Outcome } from '../gateway/gateway.ts';
import { groundNarration, type GroundedWording } from '../grounding/ground-narration.ts';
import { buildPack, packText } from '../pack/build-pack.ts';
import type { EvidencePack } from '../pack/evidence-entry.ts';
import { neutralise } from '../pack/neutralise.ts';
import { type PromptLoader, renderPrompt, type RenderedPrompt } from '../prompts/load-prompt.ts';
import { Narration, NARRATION_JSON_SCHEMA } from './narration.ts';
import type { NarrationCase } from './narration-case.ts';

export interface WordingContext {
  readonly gateway: Gateway;
  readonly prompts: PromptLoader;
  readonly telemetry: ModelTelemetry;
  readonly mask: (text: string) => string;
  readonly evidenceTokens: number;
  readonly language: Language;
  readonly signal: AbortSignal;
}

export interface CaseWording {
  /** Null: the deterministic texts stay. */
  readonly wording: GroundedWording | null;
  readonly note: LlmNote;
  readonly outcome: Outcome<Narration>;
  readonly pack: EvidencePack;
}

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', ko: 'Korean (polite, 합니다 style; keep names of services and codes as they are)' };
const MAX_ACTION_CHARS = 160;

const numbersOf = (pack: EvidencePack, refs: readonly string[]): readonly number[] => pack.entries.filter(({ ref }) => refs.includes(ref)).map(({ number }) => number);

type RenderingContext = Pick<WordingContext, 'prompts' | 'language' | 'mask'>;

const safe = (text: string, { mask }: RenderingContext): string => neutralise(mask(text)).slice(0, MAX_ACTION_CHARS);

export const renderCase = (about: NarrationCase, pack: EvidencePack, promptName: 'narrate' | 'digest', context: RenderingContext): RenderedPrompt =>
  renderPrompt(context.prompts(promptName), {
    language: LANGUAGE_NAMES[context.language],
    evidence: packText(pack),
    hypotheses: about.hypotheses.map(({ rank, refs, label }) => `rank ${rank}: ${label}; lines ${numbersOf(pack, refs).join(', ')}`).join('\n') || 'none',
    actions: about.actions.map(({ summary }, index) => `${index + 1}. ${safe(summary, context)}`).join('\n') || 'none',
  });

/** Money, where it decided who wrote or soon will. */
const budgetNote = (outcome: Outcome<unknown>): Pick<LlmNote, 'budget'> => {
  const { level, spentUsd, capUsd } = outcome.budget;
  const told = outcome.kind === 'unanswered' && outcome.reason === 'model_budget' ? 'spent' : level;
  return told === 'fine' ? {} : { budget: { level: told, spent_usd: spentUsd, cap_usd: capUsd } };
};

/** Why not the first choice: what the last model said that gave up, else money. */
const reasonOf = (outcome: Extract<Outcome<unknown>, { readonly kind: 'answered' }>, task: string): string | null =>
  outcome.failures.at(-1)?.code ?? (outcome.tier === 'cheap' && task !== 'cheap' && outcome.budget.level !== 'fine' ? 'model_budget' : null);

const fieldsOf = ({ summary, impact, hypotheses, reasons }: GroundedWording): readonly string[] => [
  ...(summary === null ? [] : ['summary']), ...(impact === null ? [] : ['impact']),
  ...[...hypotheses.keys()].map((rank) => `hypothesis ${rank}`), ...[...reasons.keys()].map((index) => `action ${index + 1}`),
];

export const wordCase = async (about: NarrationCase, task: 'narrate' | 'digest', context: WordingContext): Promise<CaseWording> => {
  const pack = buildPack(about.entries, { budgetTokens: context.evidenceTokens, mask: context.mask });
  const rendered = renderCase(about, pack, task, context);
  const { name, version, hash } = rendered.prompt;
  const outcome = await context.gateway.ask({ task, incident: about.incident, rendered, schema: Narration, jsonSchema: NARRATION_JSON_SCHEMA }, { signal: context.signal });
  const prompt = { name, version, hash };
  if (outcome.kind === 'unanswered') {
    const { reason } = outcome;
    return { wording: null, note: { provider: 'none', model: 'none', tier: 'deterministic', reason, prompt, cost_usd: 0, ...budgetNote(outcome) }, outcome, pack };
  }
  const wording = groundNarration(outcome.value, about, pack, context.language);
  for (const { violation } of wording.removed) context.telemetry.count('removed_sentence', { violation });
  const worded = fieldsOf(wording);
  const used = worded.length > 0;
  const reason = used ? reasonOf(outcome, task) : 'model_not_grounded';
  const note: LlmNote = {
    provider: outcome.provider, model: outcome.model, tier: used ? outcome.tier : 'deterministic', reason, prompt,
    ...budgetNote(outcome),
    cost_usd: outcome.costUsd,
    tokens: { input: outcome.usage.inputTokens, output: outcome.usage.outputTokens },
    worded,
    removed: wording.removed,
  };
  return { wording: used ? wording : null, note, outcome, pack };
};
