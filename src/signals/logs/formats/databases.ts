/** PostgreSQL, MySQL and MariaDB, Redis, MongoDB before its JSON lines. */
import type { LogLevel } from '../../../domain/severity.ts';
import { findTimestamp } from '../time/find-timestamp.ts';
import { TIME_LAYOUT } from '../time/layout.ts';
import { matchAt, restOf, type Recognise, type RecogniseTimed } from './known-format.ts';
import { levelOfLetter, levelOfWord } from './levels.ts';
import { event, parsedLine } from './parsed-line.ts';

/** Severities; source: PostgreSQL documentation, table "Message Severity Levels". */
const POSTGRES: Readonly<Record<string, LogLevel>> = {
  LOG: 'INFO', INFO: 'INFO', NOTICE: 'INFO', WARNING: 'WARN', ERROR: 'ERROR', FATAL: 'FATAL', PANIC: 'FATAL',
  DEBUG: 'DEBUG', DEBUG1: 'DEBUG', DEBUG2: 'DEBUG', DEBUG3: 'DEBUG', DEBUG4: 'DEBUG', DEBUG5: 'DEBUG',
};
/** Lines that belong to the message before them. */
const POSTGRES_PARTS = new Set(['DETAIL', 'HINT', 'STATEMENT', 'CONTEXT', 'QUERY', 'LOCATION', 'BACKTRACE']);
const MAX_PREFIX = 240;
const LAST_WORD = /(?:^|[\s:\]])([A-Z]{3,9}\d?)$/;

/** `time [pid] user@db LEVEL:  message`, any `log_line_prefix`: two blanks behind the colon are PostgreSQL's own. */
export const parsePostgres: RecogniseTimed = (line, time) => {
  if (time.layout !== TIME_LAYOUT.iso && time.layout !== TIME_LAYOUT.epoch) return null;
  const colon = line.slice(time.end, time.end + MAX_PREFIX).indexOf(':  ');
  if (colon < 0) return null;
  const before = line.slice(time.end, time.end + colon);
  const word = LAST_WORD.exec(before)?.[1] ?? '';
  const part = POSTGRES_PARTS.has(word);
  if ((!part && !Object.hasOwn(POSTGRES, word)) || before.split(' ').length > 12) return null;
  const start = time.end + colon;
  if (part) return parsedLine('postgresql', 'continuation', { start: start - word.length, end: line.length }, { time });
  return event('postgresql', restOf(line, start + 3), { time, level: POSTGRES[word] ?? null });
};

const MYSQL = /\s+(?:(?:\d+ |0x[0-9a-f]+ )\[(?=[NWES])|\[(?=[NWES][A-Za-z]+\] \[MY-))(Note|Warning|ERROR|Error|System)\] (?:\[MY-\d+\] (?:\[(\w+)\] )?)?/y;

/** `time thread [Level] [MY-code] [subsystem] message`. */
export const parseMysql: RecogniseTimed = (line, time) => {
  const match = matchAt(MYSQL, line, time.end);
  if (match === null) return null;
  const level = match[1] === 'Note' || match[1] === 'System' ? 'INFO' : levelOfWord(match[1] ?? '');
  return event('mysql', restOf(line, MYSQL.lastIndex), { time, level, logger: match[2] ?? null });
};

const REDIS_HEAD = /(?:\d+:[XCSM]|\[\d+\]) /y;
const REDIS_LEVEL = / ([.*#-]) /y;
const REDIS_LEVELS: Readonly<Record<string, LogLevel>> = { '.': 'DEBUG', '-': 'DEBUG', '*': 'INFO', '#': 'WARN' };

/** `pid:role time mark message`; source: redis.conf, `serverLogRaw`. */
export const parseRedis: Recognise = (line) => {
  if (matchAt(REDIS_HEAD, line, 0) === null) return null;
  const time = findTimestamp(line, REDIS_HEAD.lastIndex);
  const match = time === null ? null : matchAt(REDIS_LEVEL, line, time.end);
  return match === null ? null : event('redis', restOf(line, REDIS_LEVEL.lastIndex), { time, level: REDIS_LEVELS[match[1] ?? ''] ?? null });
};

const MONGO = / ([FEWID])\d?  ?([A-Z_-]+) +\[([^\]]{1,80})\] /y;

/** `time I NETWORK  [conn1] message`, until MongoDB 4.2. */
export const parseMongo: RecogniseTimed = (line, time) => {
  const match = matchAt(MONGO, line, time.end);
  return match === null ? null : event('mongodb', restOf(line, MONGO.lastIndex), { time, level: levelOfLetter(match[1] ?? ''), logger: match[2] ?? null });
};
