/** Finds which layout the timestamp at a position has. Bounded sticky patterns: linear on any input. */
import { isDigit } from './ascii.ts';
import { TIME_LAYOUT, type FoundTimestamp, type TimeLayout } from './layout.ts';
import { ZONE_NAMES } from './zone-names.ts';

const MONTH = '(?:[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Mm]ay|[Jj]un|[Jj]ul|[Aa]ug|[Ss]ep|[Oo]ct|[Nn]ov|[Dd]ec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)';
const WEEKDAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const ZONE = `(?: ?(?:Z(?![A-Za-z])|[+-]\\d{2}:?\\d{2}(?!\\d))|[+-]\\d{2}(?!\\d)| ?(?:${ZONE_NAMES.join('|')})(?![A-Za-z\\d_]))?`;
const HALF = '(?: ?[AaPp][Mm](?![A-Za-z]))?';
const KOREAN_HALF = '(?:(?:오전|오후) ?)?';
const FRACTION = '(?:[.,:]\\d{1,9}(?!\\d))?';
const CLOCK = `\\d{1,2}:\\d{1,2}(?::\\d{1,2}${FRACTION})?`;
const SECONDS = `\\d{1,2}:\\d{1,2}:\\d{1,2}${FRACTION}`;
const DOTTED = '\\d{2}\\.\\d{2}\\.\\d{2}(?:[.:]\\d{1,9})?';

/** Months begin with. */
const MONTH_START = 'jfmasond';
const MARKS = '-/.';

interface Pattern {
  readonly layout: TimeLayout;
  /** Made when it is asked first: most lines have one kind of time, and to compile an expression takes longer than to read some hundred lines. */
  readonly pattern: () => RegExp;
  /** What may stand behind the digits it begins with; empty: anything. `month`: a month's name, with a mark or blank before it or not. */
  readonly after: string;
}
const sticky = (layout: TimeLayout, source: string, after = ''): Pattern => {
  let compiled: RegExp | null = null;
  return { layout, pattern: () => (compiled ??= new RegExp(source, 'y')), after };
};

const ISO = sticky(TIME_LAYOUT.iso, `\\d{4}([-/.])\\d{1,2}\\1\\d{1,2}(?:[T_:-]|,? {1,3}|\\] ?\\[)${KOREAN_HALF}(?:${CLOCK}|${DOTTED})(?!\\d)${HALF}${ZONE}`, MARKS);
const KOREAN = sticky(TIME_LAYOUT.korean, `\\d{4}년 ?\\d{1,2}월 ?\\d{1,2}일 ?${KOREAN_HALF}(?:${CLOCK}|\\d{1,2}시 ?\\d{1,2}분(?: ?\\d{1,2}초)?)`, '년');
const COMPACT = sticky(TIME_LAYOUT.compact, `(?:19|20)\\d{6}(?:[-T_ ](?:${SECONDS}|\\d{6}(?:[.,]\\d{1,9})?)|\\d{6}(?:[.,]\\d{1,9})?)(?!\\d|:\\w)${ZONE}`);
const DAY_MONTH_YEAR = sticky(TIME_LAYOUT.dayMonthYear, `\\d{1,2}([-/.])\\d{1,2}\\1\\d{4}(?:[T:-]|,? {1,3}| - )${CLOCK}(?!\\d|:\\w)${HALF}${ZONE}`, MARKS);
const SHORT_YEAR = sticky(TIME_LAYOUT.shortYear, `\\d{2}([-/])\\d{2}\\1\\d{2}[ T]{1,2}${CLOCK}(?!\\d|:\\w)${HALF}${ZONE}`, '-/');
const YEAR_MONTH_NAME = sticky(TIME_LAYOUT.yearMonthName, `\\d{4} ${MONTH} {1,2}\\d{1,2} ${CLOCK}(?!\\d|:\\w)${ZONE}`, ' ');
const DAY_MONTH_NAME = sticky(TIME_LAYOUT.dayMonthName, `\\d{1,2}[/ -]?${MONTH}[a-z]{0,6}[/ -]?\\d{2,4}(?:[:T]|,? {1,2})${CLOCK}(?!\\d|:\\w)${HALF}${ZONE}`, 'month');
const MONTH_DAY = sticky(TIME_LAYOUT.monthDay, `\\d{1,2}[-./]\\d{1,2}(?:,? {1,2}|T)${SECONDS}(?!\\d|:\\w)`, MARKS);
const SHORT_DIGITS = sticky(
  TIME_LAYOUT.compactShortYear,
  '\\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\\d|3[01]) {1,2}(?:(?:[01]\\d|2[0-3])[0-5]\\d[0-5]\\d(?![\\w:.-])|\\d{1,2}:\\d{2}:\\d{2}(?!\\d|:\\w))',
  ' ',
);
const EPOCH = sticky(TIME_LAYOUT.epoch, '[12]\\d{9}(?:\\d{3}|\\d{6}|\\d{9}|[.,]\\d{1,9})?(?![\\w./@-]|:(?!\\s))');
const TIME_ONLY = sticky(TIME_LAYOUT.timeOnly, `\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?(?!\\w|:\\w)${HALF}|[AP]M(?![A-Za-z\\d]))`, ':');

const NONE: readonly Pattern[] = [];
/** What may begin with so many digits: a table, so that most words cost a count and no pattern. */
const BY_DIGITS: readonly (readonly Pattern[])[] = [
  NONE,
  [DAY_MONTH_YEAR, DAY_MONTH_NAME, MONTH_DAY, TIME_ONLY],
  [DAY_MONTH_YEAR, SHORT_YEAR, DAY_MONTH_NAME, MONTH_DAY, TIME_ONLY],
  NONE,
  [ISO, KOREAN, YEAR_MONTH_NAME],
  NONE,
  [SHORT_DIGITS],
  NONE,
  [COMPACT],
  NONE,
  [EPOCH],
  NONE,
  NONE,
  [EPOCH],
  [COMPACT],
  NONE,
  [EPOCH],
  NONE,
  NONE,
  [EPOCH],
];
const LETTER_FIRST: readonly Pattern[] = [
  sticky(TIME_LAYOUT.ctime, `${WEEKDAY} ${MONTH} {1,2}\\d{1,2} ${CLOCK}(?: (?:[A-Z]{3,4}|[+-]\\d{4}))? \\d{4}(?!\\d)`),
  sticky(TIME_LAYOUT.dayMonthName, `${WEEKDAY},? \\d{1,2}[ -]${MONTH}[a-z]{0,6}[ -]\\d{2,4} ${CLOCK}(?!\\d|:\\w)${ZONE}`),
  sticky(TIME_LAYOUT.monthNameDay, `${MONTH}(?:[a-z]{0,6} {1,2}\\d{1,2}(?:,? \\d{4})?|/\\d{2}/\\d{4}),? ${CLOCK}(?!\\d|:\\w)${HALF}${ZONE}`),
];

/** A weekday that a log puts in front of a date in figures: the date says it all. */
const WEEKDAY_AHEAD = new RegExp(`${WEEKDAY}[a-z]{0,6},? (?=\\d{1,4}[-/.]\\d)`, 'y');

const NAMES: ReadonlySet<string> = new Set('jan feb mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun'.split(' '));
const beginsName = (line: string, at: number): boolean => NAME_START.has(line.charCodeAt(at) | 32) && NAMES.has(line.slice(at, at + 3).toLowerCase());

/** Whether what stands at `at`, behind the digits, is what the pattern has there. */
const mayFollow = ({ after }: Pattern, line: string, at: number): boolean => {
  const next = line.charAt(at);
  if (after !== 'month') return after === '' || (next !== '' && after.includes(next));
  return MONTH_START.includes((next === ' ' || next === '/' || next === '-' ? line.charAt(at + 1) : next).toLowerCase());
};

/** First letters of the names of months and weekdays. */
const NAME_START = new Set(Array.from('jfmasondtw', (letter) => letter.charCodeAt(0)));

/** The timestamp that begins exactly at `at` (behind its weekday, where one stands before a date in figures), or null. */
export const findTimestamp = (line: string, at: number): FoundTimestamp | null => {
  const found = timestampAt(line, at);
  if (found !== null || !beginsName(line, at)) return found;
  WEEKDAY_AHEAD.lastIndex = at;
  return WEEKDAY_AHEAD.test(line) ? timestampAt(line, WEEKDAY_AHEAD.lastIndex) : null;
};

const timestampAt = (line: string, at: number): FoundTimestamp | null => {
  let digits = 0;
  while (digits < BY_DIGITS.length && isDigit(line.charCodeAt(at + digits))) digits++;
  if (digits === 0 && !beginsName(line, at)) return null;
  const candidates = digits === 0 ? LETTER_FIRST : (BY_DIGITS[digits] ?? NONE);
  for (const candidate of candidates) {
    if (!mayFollow(candidate, line, at + digits)) continue;
    const pattern = candidate.pattern();
    pattern.lastIndex = at;
    if (pattern.test(line)) return { start: at, end: pattern.lastIndex, layout: candidate.layout };
  }
  return null;
};
