/**
 * Error codes in one spelling each, whatever the library calls them: SQLSTATE_08001, HTTP_503, ECONNREFUSED, ORA-00060, MYSQL_1213,
 * OOMKilled, NullPointerException. Read from templates filled with their values, samples and exception types. Linear: every
 * expression is anchored on a literal and has no nested repetition.
 */
import type { LogException, LogPattern } from '../../domain/log-summary.ts';
import { simpleType } from '../../signals/logs/knowledge/match-known-failures.ts';

const MAX_TEXT = 2000;
const MAX_CODES = 12;
const ERRNO = /\b(E(?:CONNREFUSED|CONNRESET|CONNABORTED|TIMEDOUT|SOCKETTIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN|PIPE|MFILE|NFILE|NOSPC|ACCES|PERM|ROFS|IO|NOENT|EXIST|ADDRINUSE|NOMEM|BADF|DQUOT))\b/g;
const VENDOR = /\b(ORA-\d{5}|SQL\d{4,5}N|[A-Z]{2,6}-\d{3,5}[EF]|CERT_HAS_EXPIRED|OOMKilled|CrashLoopBackOff|ImagePullBackOff|ErrImagePull|UNABLE_TO_VERIFY_LEAF_SIGNATURE)\b/g;
const SQLSTATE = /\bsql[\s_-]?state[\s:=[("']{0,4}([0-9A-Z]{5})\b/gi;
const MYSQL = /\bERROR (\d{4}) \([0-9A-Z]{5}\)|\bError Code: (\d{4})\b/g;
const HTTP_WORD = /\b(?:http|status|statuscode|status_code|code|response)(?:\/[12](?:\.[01])?)?["']?[\s:=("']{1,4}([45]\d\d)\b/gi;
const HTTP_ACCESS = /\bHTTP\/[123](?:\.[01])?["']?[\s]{1,2}([45]\d\d)\b/g;
const GRPC = /\b(?:code = |grpc[-_ ]status[:= ]{1,2})(Unavailable|DeadlineExceeded|ResourceExhausted|PermissionDenied|Unauthenticated|Internal)\b/g;
const JAVA_TYPE = /\b(?:[a-z][a-z0-9_]{0,40}\.){1,10}((?:[A-Z][A-Za-z0-9]{1,60}\$)?[A-Z][A-Za-z0-9]{1,60}(?:Exception|Error))\b/g;

/** The template with the most frequent value in each place, where values are known. */
export const filledTemplate = (pattern: LogPattern): string => {
  if (pattern.variables.length === 0) return pattern.template;
  const values = new Map(pattern.variables.map((variable) => [variable.index, variable.values[0]?.value]));
  let index = 0;
  return pattern.template.replaceAll('<*>', (mark) => values.get(index++) ?? mark);
};

/** `"GET /path HTTP/1.1" 503`: the request line that access logs quote. */
const REQUEST = /"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|<\*>) /;
const SERVER_ERROR = /^5\d\d$/;

/** The statuses of an access log's errors: it has an error level because of them. */
const statusCodes = (pattern: LogPattern): readonly string[] => {
  if (!isAccessLog(pattern) || ((pattern.levels.ERROR ?? 0) === 0 && pattern.level !== 'ERROR')) return [];
  const values = pattern.variables.flatMap((variable) => variable.values.map(({ value }) => value));
  const statuses = values.filter((value) => SERVER_ERROR.test(value)).map((value) => `HTTP_${value}`);
  return statuses.length > 0 ? statuses : ['HTTP_5xx'];
};

export const isAccessLog = (pattern: LogPattern): boolean => REQUEST.test(pattern.template.slice(0, MAX_TEXT));

/** Codes of one pattern, sorted. */
export const errorCodesOf = (pattern: LogPattern, exceptions: readonly LogException[]): readonly string[] => {
  const codes = new Set<string>(statusCodes(pattern));
  if (codes.size > 0) return [...codes].sort().slice(0, MAX_CODES);
  for (const text of [filledTemplate(pattern), ...pattern.samples.map((sample) => sample.text)]) addCodes(text.slice(0, MAX_TEXT), codes);
  for (const exception of exceptions) {
    for (const type of exception.types) if (/^[\w.$]{3,120}$/.test(type)) codes.add(simpleType(type));
    addCodes(exception.message.slice(0, MAX_TEXT), codes);
  }
  return [...codes].sort().slice(0, MAX_CODES);
};

/** A cheap test of what every match holds: most texts have no code of most kinds, and to compile an expression takes longer than to search. */
const HTTP_ERROR = /[45]\d\d/;

const addCodes = (text: string, codes: Set<string>): void => {
  if (/\bE[A-Z]{2}/.test(text)) for (const match of text.matchAll(ERRNO)) add(codes, match[1]);
  for (const match of text.matchAll(VENDOR)) add(codes, match[1]);
  if (/sql/i.test(text)) for (const match of text.matchAll(SQLSTATE)) add(codes, match[1], 'SQLSTATE_');
  if (/ERROR|Error Code/.test(text)) for (const match of text.matchAll(MYSQL)) add(codes, match[1] ?? match[2], 'MYSQL_');
  if (HTTP_ERROR.test(text)) {
    for (const match of text.matchAll(HTTP_ACCESS)) add(codes, match[1], 'HTTP_');
    for (const match of text.matchAll(HTTP_WORD)) add(codes, match[1], 'HTTP_');
  }
  if (/code = |grpc/.test(text)) for (const match of text.matchAll(GRPC)) add(codes, match[1], 'GRPC_');
  for (const match of text.matchAll(JAVA_TYPE)) add(codes, simpleType(match[1] ?? ''));
};

const add = (codes: Set<string>, code: string | undefined, prefix = ''): void => {
  if (code !== undefined && code !== '') codes.add(prefix + (prefix === 'SQLSTATE_' ? code.toUpperCase() : code));
};
