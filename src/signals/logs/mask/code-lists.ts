/** Recovery, backup and one-time codes: one, or a list of them, each of the same form. */
import { isWord } from './characters.ts';
import type { SpanSink } from './mask-span.ts';

const KIND = 'secret:otp';
const MAX_CODES = 32;
/** Groups of letters and digits: `c758a-102ed`, `48291338`, `ABCD-EF12-GH34`. */
const CODE = /[A-Za-z0-9]{3,12}(?:-[A-Za-z0-9]{3,10}){0,5}/y;
/** What stands between codes: blanks, commas, quotes, numbers of a list. */
const BETWEEN = /(?:\\*["'`])?(?:[ \t]*[,;|/][ \t]*|[ \t]+(?:and |or |und |및 )?)(?:\d{1,2}[.)] ?)?(?:\\*["'`])?/y;
const OPENING = /(?:[[({] ?)?(?:\\*["'`])?(?:\d{1,2}[.)] )?/y;

const isDate = (code: string): boolean => /^\d{4}-\d\d-\d\d$/.test(code);

/** Long enough, with a digit; plain numbers of six digits at least; capitals in groups. */
const isCode = (code: string): boolean => {
  if (isDate(code) || code.length < 6) return false;
  return /\d/.test(code) ? !/^[a-z]{4,}-?\d{1,3}$/i.test(code) : /^[A-Z]{4,6}(?:-[A-Z]{4,6})+$/.test(code);
};

/** The lengths of its groups: what codes of one list have in common. */
const formOf = (code: string): string => code.split('-').map((group) => group.length).join('-');

const stops = (text: string, end: number): boolean => !isWord(text.charCodeAt(end)) && text.charCodeAt(end) !== 45 && !(text.charCodeAt(end) === 46 && isWord(text.charCodeAt(end + 1)));

/** Masks the codes that begin at `at`, brackets and quotes before them allowed; where the last one ends, or 0 where there is none. */
export const maskCodes = (text: string, at: number, sink: SpanSink): number => {
  OPENING.lastIndex = at;
  OPENING.test(text);
  let start = OPENING.lastIndex;
  let form = '';
  let end = 0;
  for (let n = 0; n < MAX_CODES; n++) {
    CODE.lastIndex = start;
    const code = CODE.exec(text)?.[0];
    if (code === undefined || !stops(text, CODE.lastIndex)) break;
    if (n === 0 ? !isCode(code) : formOf(code) !== form || isDate(code)) break;
    form = formOf(code);
    end = sink.add(start, start + code.length, KIND);
    BETWEEN.lastIndex = end;
    if (!BETWEEN.test(text)) break;
    start = BETWEEN.lastIndex;
  }
  return end;
};
