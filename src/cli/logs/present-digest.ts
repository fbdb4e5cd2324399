/** A digest in the format asked for ► standard output or a file. Each renderer but the terminal's is loaded only when it is needed. */
import { renderJson } from '../../render/json.ts';
import { renderTerminal } from '../../render/terminal/digest.ts';
import type { CommandContext } from '../command.ts';
import { outputWidth, usesColor, writeFileOut, writeOut } from '../output.ts';
import { wordsFor } from '../words/words.ts';
import type { LogAnalysis } from './analyze-logs.ts';
import { closerLook } from './closer-look.ts';

export interface Presentation {
  readonly format: 'terminal' | 'markdown' | 'json' | 'html';
  readonly outputPath: string | null;
  /** As given, for the command that looks closer. */
  readonly operands: readonly string[];
}

const rendered = async (analysis: LogAnalysis, presentation: Presentation, context: CommandContext): Promise<string> => {
  const { language } = context;
  const view = { digest: analysis.digest, summary: analysis.summary, closerLook: closerLook(analysis.digest, presentation.operands) };
  const { format, outputPath } = presentation;
  if (format === 'json') return renderJson(analysis.digest);
  if (format === 'markdown') return (await import('../../render/markdown.ts')).renderMarkdown(view, { language });
  if (format === 'html') return (await import('../../render/html/page.ts')).renderHtml(view, { language });
  const color = outputPath === null ? usesColor(context) : context.color === 'always';
  return renderTerminal(view, { language, color, width: outputWidth(context) });
};

export const presentDigest = async (analysis: LogAnalysis, presentation: Presentation, context: CommandContext): Promise<void> => {
  const text = await rendered(analysis, presentation, context);
  if (presentation.outputPath === null || presentation.outputPath === '-') await writeOut(text, context.stdout);
  else writeFileOut(presentation.outputPath, text, context, wordsFor(context.language));
};
