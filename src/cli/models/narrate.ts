/** `--llm`: a finished report or digest in a model's words, and one line on standard error about who wrote. */
import type { Digest } from '../../domain/digest.ts';
import type { LlmNote } from '../../domain/llm-note.ts';
import type { Report } from '../../domain/report.ts';
import type { CommandContext } from '../command.ts';
import { openModels } from './open-models.ts';
import { modelWordsFor } from './words.ts';

const tell = (note: LlmNote | null, context: CommandContext): void => {
  if (note === null || context.quiet) return;
  const words = modelWordsFor(context.language);
  const line = note.tier === 'deterministic' ? words.deterministic(note.reason ?? 'model_not_configured') : words.wordedBy(`${note.provider}/${note.model}`, note.tier, note.removed?.length ?? 0, note.cost_usd ?? 0);
  context.stderr.write(`faultline: ${line}\n`);
};

/** The caller's interrupt ends the process; deadlines end the calls. */
const neverAborted = (): AbortSignal => new AbortController().signal;

/** @throws AppError `usage` where no model is configured */
export const narrateReport = async (report: Report, context: CommandContext): Promise<Report> => {
  const { narrator } = await openModels(context);
  const worded = await narrator.report(report, { language: context.language, signal: neverAborted() });
  tell(worded.llm, context);
  return worded;
};

/** @throws AppError `usage` where no model is configured */
export const narrateDigest = async (digest: Digest, context: CommandContext): Promise<Digest> => {
  const { narrator } = await openModels(context);
  const worded = await narrator.digest(digest, { language: context.language, signal: neverAborted() });
  tell(worded.llm, context);
  return worded;
};
