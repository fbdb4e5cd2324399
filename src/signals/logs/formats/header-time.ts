/** Times in a header, and what stands right behind one: the host and program of syslog. */
import { findTimestamp } from '../time/find-timestamp.ts';
import { TIME_LAYOUT } from '../time/layout.ts';
import { facilityAhead } from './header-level.ts';
import { levelOfLetter } from './levels.ts';
import type { Walk } from './header-walk.ts';
import type { TimeSpan } from './parsed-line.ts';
import { afterOrigin, isColumn, readToken, skipBlanks, syslogTag } from './tokens.ts';

const DATE = /\d{4}([-/.])\d{2}\1\d{2}(?=[\s|,])/y;
/** A clock that was never set, or lost its server. Source: Cisco IOS, "service timestamps". */
const UNSURE = /[*.](?=[A-Z][a-z]{2} )/y;

/** Source: RFC 5424, 6.2.3; rsyslog's default template. */
const OFFSET_TIME = /^\d{4}-\d{2}-\d{2}T[\d:]{8}(?:\.\d{1,9})?[+-]\d{2}:\d{2}$/;

const GLUED_LETTER = /[A-Za-z]:(?=\s)/y;

/** A second clock in the same brackets, such as a simulation's. Source: ROS, `ROSCONSOLE_FORMAT`. */
const SECOND_CLOCK = /, \d{1,10}\.\d{1,9}(?=\])/y;

/** `[time]`, `(time)`, `time:`, `time,`, `*time`. */
export const timeAt = (walk: Walk, p: number): boolean => {
  const { line, header } = walk;
  const open = line[p];
  const close = open === '[' ? ']' : open === '(' ? ')' : open === '<' ? '>' : open === '"' ? '"' : open === '{' ? '}' : '';
  const at = close !== '' ? skipBlanks(line, p + 1) : (open === '*' || open === '.') && walk.match(UNSURE, p) !== null ? p + 1 : p;
  const found = findTimestamp(line, at);
  if (found === null) return false;
  let { end } = found;
  if (close !== '') {
    end += walk.match(SECOND_CLOCK, end)?.length ?? 0;
    if (line[end] === close) end++;
    else if (line[end] === ' ' || line[end] === ',') walk.open = true;
    else if (line.startsWith(': ', end)) {
      walk.open = true;
      end++;
    } else return false;
  } else if (/[:,;\]]/.test(line[end] ?? '')) end++;
  if (isBetter(walk, found)) header.time = found;
  walk.firm(end);
  if (close !== '' && !walk.open) letterBehind(walk, end);
  if (!walk.open && line[end - 1] !== ':') syslog(walk, found);
  return true;
};

/** `[14:05:01]E: `: the level's letter where other lines have the colon alone. */
const letterBehind = (walk: Walk, end: number): void => {
  const letter = walk.match(GLUED_LETTER, end);
  const level = letter === null || walk.header.level !== null ? null : levelOfLetter(letter.charAt(0));
  if (level === null) return;
  walk.header.level = level;
  walk.header.discriminator = { start: end, end: end + 1 };
  walk.firm(end + 2);
};

/** Of several times the first with a zone or a date wins. */
const isBetter = ({ header: { time } }: Walk, found: TimeSpan): boolean =>
  time === null || (time.layout === TIME_LAYOUT.timeOnly && found.layout !== TIME_LAYOUT.timeOnly);

/** `host tag[pid]: ` after a time, the oldest header of all. */
const syslog = (walk: Walk, found: TimeSpan): void => {
  const always = walk.line[found.end] !== ']' && found.layout === TIME_LAYOUT.monthNameDay && !/[AP]M$/.test(walk.line.slice(found.start, found.end));
  const likely = found.layout === TIME_LAYOUT.iso && OFFSET_TIME.test(walk.line.slice(found.start, found.end));
  const tag = syslogTag(walk.line, walk.at, always ? 'surely' : likely ? 'likely' : 'perhaps');
  if (tag === null) return;
  walk.header.host = tag.host;
  walk.header.level ??= tag.level;
  // Devices number their lines where a program would stand, and print a time of their own.
  const numbered = tag.program !== null && /^\d+$/.test(tag.program);
  walk.header.program = numbered ? null : tag.program;
  walk.header.end = afterOrigin(walk.line, tag.end);
  walk.lastStart = 0;
  walk.at = walk.header.end;
  if (walk.line[walk.at] === '%') facilityAhead(walk, walk.at);
  walk.done = !(numbered && timeAt(walk, walk.at)) && (tag.program !== null || !facilityAhead(walk, walk.at) || walk.done);
};

export const dateAt = (walk: Walk, p: number): boolean => {
  const match = walk.header.level === null ? walk.match(DATE, p) : null;
  return match !== null && walk.firm(p + match.length);
};

/** A column or two and then one more time: `node-3 2005-06-03-15.42.50.675872`. */
export const timeAhead = (walk: Walk, start: number): boolean => {
  const { header, line } = walk;
  if (header.level !== null || header.logger !== null) return false;
  let p = start;
  for (let n = 0; n < 2; n++) {
    const token = readToken(line, p);
    if (token === null || !isColumn(token.text)) return false;
    const closed = token.text.endsWith(':');
    p = skipBlanks(line, token.end);
    const found = findTimestamp(line, p);
    // Behind a colon a bare number is data.
    if (closed && found?.layout === TIME_LAYOUT.epoch) return false;
    if (found !== null && timeAt(walk, p)) {
      header.host ??= token.text;
      return true;
    }
  }
  return false;
};
