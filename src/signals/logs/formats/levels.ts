/** Every usual spelling of a level. */
import type { LogLevel } from '../../../domain/severity.ts';

const SPELLINGS: Readonly<Record<LogLevel, readonly string[]>> = {
  TRACE: ['TRACE', 'TRC', 'TRCE', 'FINER', 'FINEST', 'VERBOSE', 'VERB', 'VRB', 'SILLY', 'TRACE2', 'ALL', 'VERYVERBOSE'],
  DEBUG: ['DEBUG', 'DBG', 'DEBG', 'DBUG', 'FINE', 'CONFIG', 'DEBUG1', 'DEBUG2', 'DEBUG3', 'DEBUG4', 'DEBUG5'],
  INFO: ['INFO', 'INF', 'INFORMATION', 'INFORMATIONAL', 'NOTICE', 'NOTE', 'NTC', 'LOG', 'HTTP', 'SUCCESS', 'AUDIT', 'STDOUT', 'SYSTEM', 'DISPLAY'],
  WARN: ['WARN', 'WARNING', 'WRN', 'WARNG'],
  ERROR: ['ERROR', 'ERR', 'ERRO', 'EROR', 'SEVERE', 'FAILURE', 'STDERR', 'FAIL'],
  FATAL: ['FATAL', 'FTL', 'FATL', 'CRITICAL', 'CRIT', 'EMERG', 'EMERGENCY', 'ALERT', 'PANIC', 'DPANIC'],
};
/** Words that mean a level only where a field named so holds them; in a header they are ordinary words. */
const FIELD_ONLY = new Set(['ALL', 'LOG', 'HTTP', 'SUCCESS', 'AUDIT', 'STDOUT', 'STDERR', 'SYSTEM', 'FAIL', 'NOTE', 'CONFIG', 'FINE', 'VERB', 'DISPLAY']);
const LETTERS: Readonly<Record<string, LogLevel>> = { V: 'TRACE', T: 'TRACE', D: 'DEBUG', I: 'INFO', N: 'INFO', W: 'WARN', E: 'ERROR', S: 'ERROR', F: 'FATAL', C: 'FATAL' };

const BY_WORD = new Map<string, LogLevel>();
for (const [level, words] of Object.entries(SPELLINGS)) for (const word of words) BY_WORD.set(word, level as LogLevel);

/** A level from a field that holds nothing else, in any case: `warning`, `I`, ` INFO `. */
export const levelOfField = (value: string): LogLevel | null => {
  if (value.length > 16) return null;
  const word = value.trim().toUpperCase();
  return BY_WORD.get(word) ?? (word.length === 1 && Object.hasOwn(LETTERS, word) ? (LETTERS[word] as LogLevel) : null);
};

/** A level from a word in header position; stricter than a field, in any case. */
export const levelOfWord = (word: string): LogLevel | null => {
  if (word.length < 3 || word.length > 13) return null;
  const upper = word.toUpperCase();
  return FIELD_ONLY.has(upper) ? null : (BY_WORD.get(upper) ?? null);
};

/** The one-letter levels of logcat, klog and MongoDB. */
export const levelOfLetter = (letter: string): LogLevel | null => (Object.hasOwn(LETTERS, letter) ? (LETTERS[letter] as LogLevel) : null);

/** Syslog severities. Source: RFC 5424, 6.2.1. */
const SYSLOG: readonly LogLevel[] = ['FATAL', 'FATAL', 'FATAL', 'ERROR', 'WARN', 'INFO', 'INFO', 'DEBUG'];
export const levelOfSyslog = (severity: number): LogLevel | null => SYSLOG[severity] ?? null;

/** 5xx are the server's errors; 4xx the client's, so no more than warnings; all else is information. */
export const levelOfHttpStatus = (status: number): LogLevel | null =>
  status >= 600 || status < 100 ? null : status >= 500 ? 'ERROR' : status >= 400 ? 'WARN' : 'INFO';

const TENS: readonly LogLevel[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/**
 * Numbers under a key such as `level`: 10 to 60 as pino and bunyan count, 5000 to 50000 as Logback and Log4j 1,
 * 0 to 7 as syslog and GELF.
 */
export const levelOfNumber = (value: number): LogLevel | null => {
  if (value >= 1000) return value < 10_000 ? 'TRACE' : (TENS[Math.min(5, Math.floor(value / 10_000))] ?? null);
  if (value >= 8) return TENS[Math.max(0, Math.min(5, Math.ceil(value / 10) - 1))] ?? null;
  return Number.isInteger(value) && value >= 0 ? levelOfSyslog(value) : null;
};

/** Python's `levelno`: 10 DEBUG to 50 CRITICAL. */
export const levelOfPythonNumber = (value: number): LogLevel | null => (value < 10 ? 'TRACE' : (TENS[Math.min(5, Math.floor(value / 10))] ?? null));

/** OpenTelemetry's severity number, 1 to 24. Source: OpenTelemetry logs data model. */
export const levelOfOtel = (value: number): LogLevel | null => (value >= 1 && value <= 24 ? (TENS[Math.floor((value - 1) / 4)] ?? null) : null);
