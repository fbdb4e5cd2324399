/** A capsule ► its report, in the format asked for. */
import { AppError } from '../shared/errors.ts';
import type { CommandContext } from './command.ts';
import { EXIT_OK } from './exit-codes.ts';
import { outputWidth, usesColor, writeFileOut, writeOut } from './output.ts';
import { wordsFor } from './words/words.ts';

export interface CapsulePresentation {
  readonly format: 'terminal' | 'markdown' | 'json' | 'html';
  readonly outputPath: string | null;
}

/** @throws AppError `input_unreadable` or `capsule_invalid`; `usage` for a format that reports do not have yet */
export const analyzeCapsuleAt = async (path: string, { format, outputPath }: CapsulePresentation, context: CommandContext): Promise<number> => {
  const words = wordsFor(context.language);
  if (format === 'markdown' || format === 'html') throw new AppError({ code: 'usage', message: words.capsuleFormat(format), hint: words.capsuleFormatHint });
  const [{ readCapsule }, { analyzeCapsule }] = await Promise.all([import('../capsule/read.ts'), import('../diagnosis/analyze-capsule.ts')]);
  const startedMs = context.nowMs();
  const report = await analyzeCapsule(await readCapsule(path, {}), { lang: context.language });
  const timed = { ...report, timings_ms: { ...report.timings_ms, total: context.nowMs() - startedMs } };
  const text =
    format === 'json'
      ? (await import('../render/json.ts')).renderJson(timed)
      : (await import('../render/terminal/report.ts')).renderReport(timed, { language: context.language, color: outputPath === null && usesColor(context), width: outputWidth(context) });
  if (outputPath === null) await writeOut(text, context.stdout);
  else writeFileOut(outputPath, text, context, words);
  return EXIT_OK;
};
