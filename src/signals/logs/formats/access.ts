/** Access and error logs of web servers: Apache common and combined, nginx, IIS (W3C extended). */
import { findTimestamp } from '../time/find-timestamp.ts';
import { TIME_LAYOUT } from '../time/layout.ts';
import { matchAt, restOf, type Recognise, type RecogniseTimed } from './known-format.ts';
import { levelOfHttpStatus, levelOfWord } from './levels.ts';
import { event } from './parsed-line.ts';

const MAX_BEFORE_TIME = 300;
const REQUEST = /\] "(?:[^"\\]|\\.)*" (\d{3}) (\d+|-)/y;

/**
 * `host ident user [time] "request" status bytes …`. Common is what Apache writes by default, combined what nginx
 * does; a line does not tell more.
 */
export const parseAccess: Recognise = (line) => {
  const open = line.slice(0, MAX_BEFORE_TIME).indexOf(' [');
  if (open < 0) return null;
  const time = findTimestamp(line, open + 2);
  if (time === null || time.layout !== TIME_LAYOUT.dayMonthName) return null;
  const match = matchAt(REQUEST, line, time.end);
  if (match === null) return null;
  const start = time.end + match[0].lastIndexOf(` ${match[1] ?? ''} ${match[2] ?? ''}`) + 1;
  const common = REQUEST.lastIndex >= line.trimEnd().length;
  return event(common ? 'apache-access' : 'nginx-access', restOf(line, time.end + 2), {
    time,
    level: levelOfHttpStatus(Number(match[1])),
    discriminator: { start, end: start + 3 },
  });
};

const APACHE_LEVEL = /\] \[(?:([\w-]+):)?([a-z]+)\d?\] (?:\[pid \d+(?::tid \d+)?\] )?(?:[\w.-]{1,60}\.c(?:pp)?\(\d+\): )?/y;

/** `[Sun Dec 04 04:47:44 2005] [core:error] [pid 1:tid 2] [client …] message`. */
export const parseApacheError: Recognise = (line) => {
  const time = findTimestamp(line, 1);
  if (time === null || time.layout !== TIME_LAYOUT.ctime) return null;
  const match = matchAt(APACHE_LEVEL, line, time.end);
  const level = match === null ? null : levelOfWord(match[2] ?? '');
  return level === null ? null : event('apache-error', restOf(line, APACHE_LEVEL.lastIndex), { time, level, logger: match?.[1] ?? null });
};

const NGINX_ERROR = / \[([a-z]+)\] \d+#\d+: (?:\*\d+ )?/y;

/** `2025/02/01 14:05:01 [error] 29#29: *5 message`. */
export const parseNginxError: RecogniseTimed = (line, time) => {
  const match = matchAt(NGINX_ERROR, line, time.end);
  const level = match === null ? null : levelOfWord(match[1] ?? '');
  return level === null ? null : event('nginx-error', restOf(line, NGINX_ERROR.lastIndex), { time, level });
};

const IIS = / (?:\S{1,60} ){0,3}(?:GET|POST|PUT|HEAD|DELETE|OPTIONS|PATCH) \//y;
const MAX_TAIL = 120;

/** W3C extended lines end in status, substatus, Windows status, sizes and time taken. */
export const parseIis: RecogniseTimed = (line, time) => {
  const match = line.includes(' /', time.end) ? matchAt(IIS, line, time.end) : null;
  if (match === null) return null;
  const from = Math.max(IIS.lastIndex, line.length - MAX_TAIL);
  const tail = /(?:^|\s)(\d{3})((?: \d+){2,6})\s*$/.exec(line.slice(from));
  if (tail === null) return null;
  const start = from + tail.index + (tail[0].length - tail[0].trimStart().length);
  const verb = time.end + (match[0].trimEnd().lastIndexOf(' ') + 1);
  return event('iis', restOf(line, verb), { time, level: levelOfHttpStatus(Number(tail[1])), discriminator: { start, end: start + 3 } });
};
