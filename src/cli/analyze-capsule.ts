/** A capsule ► its report, in the format asked for. */
import { renderJson } from '../render/json.ts';
import type { Capsule } from '../domain/capsule.ts';
import type { Report } from '../domain/report.ts';
import type { ReportView } from '../domain/report-view.ts';
import type { Signals } from '../diagnosis/diagnose.ts';
import type { CommandContext } from './command.ts';
import { EXIT_OK } from './exit-codes.ts';
import { outputWidth, usesColor, writeFileOut, writeOut } from './output.ts';
import { wordsFor } from './words/words.ts';

export interface CapsulePresentation {
  readonly format: 'terminal' | 'markdown' | 'json' | 'html';
  readonly outputPath: string | null;
  /** Let the configured language model word it. */
  readonly llm: boolean;
}

const rendered = async (report: Report, viewOf: () => Promise<ReportView>, presentation: CapsulePresentation, context: CommandContext): Promise<string> => {
  const { format, outputPath } = presentation;
  const { language } = context;
  if (format === 'json') return renderJson(report);
  if (format === 'markdown') return (await import('../render/markdown-report.ts')).renderMarkdownReport(report, { language });
  if (format === 'html') return (await import('../render/html/report-page.ts')).renderHtmlReport(report, { language }, await viewOf());
  const color = outputPath === null ? usesColor(context) : context.color === 'always';
  return (await import('../render/terminal/report.ts')).renderReport(report, { language, color, width: outputWidth(context) }, await viewOf());
};

interface Diagnosed {
  readonly capsule: Capsule;
  readonly signals: Signals;
}

/** Reads everything once; the log files of a large capsule by two threads. */
const signalsAt = async (path: string): Promise<Diagnosed> => {
  const [{ readCapsule, peekLogs }, { startLogShare }] = await Promise.all([import('../capsule/read.ts'), import('./capsule/log-share.ts')]);
  const peeked = peekLogs(path);
  // Before anything else, so that the other thread reads while this one does.
  const share = peeked === null ? null : startLogShare(path, peeked);
  try {
    const [{ cleaned, signalsBesideLogs, withLogs }, { readLogs }] = await Promise.all([import('../diagnosis/analyze-capsule.ts'), import('../signals/logs/capsule/log-reader.ts')]);
    const capsule = cleaned(await readCapsule(path, {}));
    const beside = signalsBesideLogs(capsule);
    return { capsule, signals: withLogs(beside, share === null ? readLogs(capsule) : await share.finish(capsule)) };
  } finally {
    await share?.stop();
  }
};

/** @throws AppError `input_unreadable` or `capsule_invalid` */
export const analyzeCapsuleAt = async (path: string, presentation: CapsulePresentation, context: CommandContext): Promise<number> => {
  const startedMs = context.nowMs();
  const { language } = context;
  const { capsule, signals } = await signalsAt(path);
  const { diagnose } = await import('../diagnosis/diagnose.ts');
  const report = diagnose(capsule, signals, language);
  const worded = presentation.llm ? await (await import('./models/narrate.ts')).narrateReport(report, context, presentation.format !== 'json' && presentation.outputPath === null) : report;
  const timed = { ...worded, timings_ms: { ...report.timings_ms, total: context.nowMs() - startedMs } };
  const viewOf = async (): Promise<ReportView> => (await import('../diagnosis/view/report-view.ts')).reportViewOf(capsule, signals, timed, language);
  const text = await rendered(timed, viewOf, presentation, context);
  if (presentation.outputPath === null) await writeOut(text, context.stdout);
  else writeFileOut(presentation.outputPath, text, context, wordsFor(context.language));
  return EXIT_OK;
};
