/** Logs ► digest, as `analyze` and `demo` do it. */
import type { Digest } from '../../domain/digest.ts';
import type { LogSummary } from '../../domain/log-summary.ts';
import { toRfc3339 } from '../../domain/time.ts';
import { buildDigest } from '../../diagnosis/digest/build-digest.ts';
import type { CommandContext } from '../command.ts';
import { STANDARD_INPUT } from '../input/byte-source.ts';
import { type CliWords, wordsFor } from '../words/words.ts';
import { shellQuoted } from './closer-look.ts';
import { type LogRequest, readLogs } from './read-logs.ts';
import type { ScanAhead } from './scan-ahead.ts';

export interface LogAnalysis {
  readonly digest: Digest;
  readonly summary: LogSummary;
  readonly unreadable: boolean;
  readonly anyRead: boolean;
}

/** The time filter left nothing: read again without it to say where the data lies. Standard input cannot be read twice. */
const nothingInRange = async (request: LogRequest, context: CommandContext, words: CliWords): Promise<string | null> => {
  if (request.inputs.files.some(({ path }) => path === STANDARD_INPUT)) return null;
  const { since: _since, until: _until, ...unfiltered } = request;
  const { summary } = await readLogs(unfiltered, context);
  if (summary.period === null) return null;
  const { start, end } = summary.period;
  const paths = request.operands.slice(0, 3).map(shellQuoted);
  const more = request.operands.length > paths.length ? ' …' : '';
  const command = `faultline analyze ${paths.join(' ')}${more} --since ${toRfc3339(start)}`;
  return words.nothingInRange(toRfc3339(start), toRfc3339(end), command);
};

/** @param ahead as for `readLogs` */
export const analyzeLogs = async (request: LogRequest, context: CommandContext, ahead?: ScanAhead | null): Promise<LogAnalysis> => {
  const words = wordsFor(context.language);
  const startedMs = context.nowMs();
  const { summary, unreadable, anyRead } = await readLogs(request, context, ahead);
  const filtered = request.since !== undefined || request.until !== undefined;
  const note = filtered && anyRead && summary.events === 0 ? await nothingInRange(request, context, words) : null;
  const digest = buildDigest(summary, { lang: context.language, totalMs: context.nowMs() - startedMs, inputs: request.operands });
  return {
    digest: note === null ? digest : { ...digest, gaps: [note, ...digest.gaps] },
    summary,
    unreadable,
    anyRead,
  };
};
