/** Logs of containers: which application wrote them, their last lines, and which of these may testify. */
import type { TimeWindow } from '../../../domain/time.ts';
import type { App } from '../cluster/cluster-index.ts';
import { parseDate } from '../parse/printed-values.ts';

export interface ContainerLog {
  /** The workload, pod or container it was printed for. */
  readonly name: string;
  readonly text: string;
}

const TAIL_LINES = 400;
const TAIL_CHARS = 120_000;
const MAX_LINE_CHARS = 2_000;

/** The last lines, as read by a person: quotes inside JSON strings without their backslashes. */
export const tail = (text: string): readonly string[] =>
  text
    .slice(-TAIL_CHARS)
    .trimEnd()
    .split('\n')
    .slice(-TAIL_LINES)
    .map((line) => line.slice(0, MAX_LINE_CHARS).replaceAll('\\"', '"'));

/** A line that judges or gives orders is somebody's opinion; what is informational is no complaint. */
const CLAIM = /root[- ]?cause|culprit|to blame|ignore (?:all|any|previous|the)|you (?:must|should)|the (?:real )?(?:reason|problem|issue) is/i;
const CALM = /\b(?:INFO|DEBUG|TRACE)\b|"(?:level|severity|lvl)": ?"(?:info|debug|trace|notice)"|\blevel=(?:info|debug|trace)\b/i;

export const isClaim = (line: string): boolean => CLAIM.test(line);

/** A complaint of the program itself. */
export const isTestimony = (line: string): boolean => !CLAIM.test(line) && !CALM.test(line);

/** Log of an app: by name of workload, pod, or container of that pod. */
export const logsOf = (app: App, logs: readonly ContainerLog[]): readonly ContainerLog[] => {
  const names = new Set([app.ref.name, ...app.pods.map((pod) => pod.name)]);
  return logs.filter((log) => names.has(log.name) || app.pods.some((pod) => log.name.startsWith(`${pod.name}_`) || log.name.startsWith(`${pod.name}-`)));
};

const STAMP = /^\s*(?:\{.{0,40}"(?:ts|time|timestamp|@timestamp)": ?")?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)/;

/** Written inside the window; a line without a time counts, because tails are short. */
export const isWithin = (line: string, window: TimeWindow): boolean => {
  const printed = STAMP.exec(line)?.[1];
  const at = printed === undefined ? null : parseDate(printed);
  return at === null || (at >= window.start && at < window.end + LATE_MS);
};

/** Logs are often fetched a little after the window was closed. */
const LATE_MS = 600_000;
