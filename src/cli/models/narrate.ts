/** `--llm`: a finished report or digest in a model's words; where the output goes elsewhere, standard error says who wrote it and whether money runs short. */
import type { Digest } from '../../domain/digest.ts';
import type { LlmNote } from '../../domain/llm-note.ts';
import type { Report } from '../../domain/report.ts';
import type { CommandContext } from '../command.ts';
import { withModels } from './open-models.ts';
import { modelWordsFor } from './words.ts';

/** `isShown`: the output that the reader sees on standard output says who wrote it. */
const tell = (note: LlmNote | null, isShown: boolean, context: CommandContext): void => {
  if (note === null || context.quiet || isShown) return;
  const words = modelWordsFor(context.language);
  const line = note.tier === 'deterministic' ? words.deterministic(note.reason ?? 'model_not_configured') : words.wordedBy(`${note.provider}/${note.model}`, note.tier, note.removed?.length ?? 0, note.cost_usd ?? 0);
  context.stderr.write(`faultline: ${line}\n`);
  const { budget } = note;
  if (budget !== undefined && budget !== null) context.stderr.write(`faultline: ${words.budget(budget.level, budget.spent_usd, budget.cap_usd)}\n`);
};

/** The caller's interrupt ends the process; deadlines end the calls. */
const neverAborted = (): AbortSignal => new AbortController().signal;

const narrated = async <T extends { readonly llm: LlmNote | null }>(context: CommandContext, isShown: boolean, narrate: Parameters<typeof withModels<T>>[1]): Promise<T> => {
  const worded = await withModels(context, narrate);
  tell(worded.llm, isShown, context);
  return worded;
};

/** @throws AppError `usage` where no model is configured */
export const narrateReport = (report: Report, context: CommandContext, isShown: boolean): Promise<Report> =>
  narrated(context, isShown, ({ narrator }) => narrator.report(report, { language: context.language, signal: neverAborted() }));

/** @throws AppError `usage` where no model is configured */
export const narrateDigest = (digest: Digest, context: CommandContext, isShown: boolean): Promise<Digest> =>
  narrated(context, isShown, ({ narrator }) => narrator.digest(digest, { language: context.language, signal: neverAborted() }));
