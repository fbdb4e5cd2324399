/** Spring Boot's default console pattern, with the application name and correlation id of newer versions and Sleuth. */
import type { RecogniseTimed } from './known-format.ts';
import { levelOfWord } from './levels.ts';
import { event } from './parsed-line.ts';

const AFTER_TIME = / +([A-Z]{4,5}) (?:\[([^\]]*)\] )?(\d+|\$\{[^}]*\}) --- /y;
const GROUP = /\[((?:[^[\]]|\[[^[\]]{0,80}\]){0,160})\] ?/y;
const CORRELATION = /^(?:[0-9a-f]{16,32}(?:-[0-9a-f]{16})?|[\s,-]*)$/;
const TRACE = /[0-9a-f]{32}|[0-9a-f]{16}/;
const MAX_LOGGER = 200;

/** `[app] [thread] [trace-span]`, any of the first and the last missing. */
const contextOf = (groups: readonly string[], sleuth: string | undefined): { service: string | null; trace: string | null } => {
  if (sleuth !== undefined) {
    const parts = sleuth.split(',');
    return { service: parts[0] === '' ? null : (parts[0] ?? null), trace: TRACE.exec(parts[1] ?? '')?.[0] ?? null };
  }
  const last = groups.at(-1) ?? '';
  const correlated = groups.length > 1 && CORRELATION.test(last);
  const names = correlated ? groups.slice(0, -1) : groups;
  const service = names.length > 1 ? (names[0] ?? '').trim() : '';
  return { service: service === '' ? null : service, trace: correlated ? (TRACE.exec(last)?.[0] ?? null) : null };
};

/** `time LEVEL pid --- [app] [thread] [correlation] logger : message`; null for any other line. */
export const parseSpringBoot: RecogniseTimed = (line, time) => {
  AFTER_TIME.lastIndex = time.end;
  const match = AFTER_TIME.exec(line);
  if (match === null) return null;
  const level = levelOfWord(match[1] ?? '');
  if (level === null) return null;
  let at = AFTER_TIME.lastIndex;
  const groups: string[] = [];
  for (let n = 0; n < 4; n++) {
    GROUP.lastIndex = at;
    const group = GROUP.exec(line);
    if (group === null) break;
    groups.push(group[1] ?? '');
    at = GROUP.lastIndex;
  }
  const colon = line.slice(at, at + MAX_LOGGER).search(/ : | :$/);
  if (colon < 0) return null;
  const { service, trace } = contextOf(groups, match[2]);
  const logger = line.slice(at, at + colon).trim();
  return event('spring-boot', { start: Math.min(at + colon + 3, line.length), end: line.length }, { time, level, service, logger, traceId: trace });
};
