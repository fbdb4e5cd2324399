/** How an incident ended, as far as the log tells. */
import type { LogSummary } from '../../domain/log-summary.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Annotated } from './annotate.ts';
import type { Chain, Step } from './chain.ts';

/**
 * `start_failed`, `stopped`, `killed`: the process ended and nothing shows a new start. `restarted`: it ended and started again.
 * `unfinished`: errors go on to the end of the log. `ceased`: errors stopped while the log goes on.
 */
export type EndState = 'start_failed' | 'stopped' | 'killed' | 'restarted' | 'unfinished' | 'ceased';

/** What a process prints when it is up. */
const UP: readonly string[] = [
  'started in', 'server started', 'service started', 'start completed', 'ready to accept connections', 'accepting connections', 'listening on', 'listening at', 'now listening',
  'startup complete', 'application started', 'is ready', 'ready for connections', 'successfully started', 'started container', '기동 완료', '시작되었습니다', '기동되었습니다',
];
const MAX_TEXT = 500;
/** `Started OrderApplication in <*> seconds` */
const isUp = (template: string): boolean => {
  const lower = template.slice(0, MAX_TEXT).toLowerCase();
  return UP.some((phrase) => lower.includes(phrase)) || (lower.startsWith('started ') && lower.includes(' in ') && lower.includes('seconds'));
};

/** Milder patterns that say a process is up. */
export const startPatterns = (items: readonly Annotated[]): readonly Annotated[] => items.filter(({ weight, claim, pattern }) => weight === 'mild' && !claim && isUp(pattern.template));

const UNFINISHED_MS = 30_000;
const UNFINISHED_SHARE = 0.02;

export const endStateOf = (chain: Chain, cluster: { readonly end: EpochMs; readonly repeats: number }, summary: LogSummary, starts: readonly Annotated[]): EndState => {
  const terminal = chain.all.findLast(({ item }) => item.failure?.terminal !== undefined && item.weight !== 'warn');
  if (terminal !== undefined) {
    // What ended several times had been started again in between, whatever came after the last end.
    const since = cluster.repeats > 1 || terminal.count > 1 ? terminal.at : terminal.end;
    const restarted = starts.some((start) => tellsOfRestart(start, terminal) && (start.pattern.lastSeen ?? 0) > since);
    return restarted ? 'restarted' : (terminal.item.failure?.terminal ?? 'stopped');
  }
  const period = summary.extent ?? summary.period;
  if (period === null) return 'ceased';
  const nearMs = Math.min(UNFINISHED_MS, Math.max(1000, UNFINISHED_SHARE * (period.end - period.start)));
  return period.end - cluster.end <= nearMs ? 'unfinished' : 'ceased';
};

/** Lines of the same service, and not so many that they tell of something that starts all the time. */
const tellsOfRestart = ({ pattern }: Annotated, terminal: Step): boolean => {
  const own = Object.keys(terminal.item.pattern.services);
  const names = Object.keys(pattern.services);
  const related = own.length === 0 ? names.length === 0 : own.some((name) => names.includes(name));
  return related && pattern.count <= 3 * (terminal.count + 1);
};

export const isDead = (state: EndState): boolean => state === 'start_failed' || state === 'stopped' || state === 'killed';
