/** Which well-known formats are tried on a line, by how it begins. */
import { parseAccess, parseApacheError, parseIis, parseNginxError } from './access.ts';
import { parseMongo, parseMysql, parsePostgres, parseRedis } from './databases.ts';
import type { Recognise, RecogniseTimed } from './known-format.ts';
import type { ParsedLine, TimeSpan } from './parsed-line.ts';
import {
  parseBracketedKlog, parseDotnet, parseKlog, parseLambda, parseLambdaNode, parseLogcat, parseLogcatBrief, parsePython, parsePythonDashed, parseRuby, parseWindows,
} from './runtimes.ts';
import { parseSpringBoot } from './spring-boot.ts';
import { parseAudit, parseJournal, parseSyslog } from './syslog.ts';

const TIMED: readonly RecogniseTimed[] = [
  parseSpringBoot, parsePythonDashed, parseLogcat, parseNginxError, parseMysql, parseMongo, parseLambdaNode, parseWindows, parseIis, parsePostgres,
];
const DIGIT_FIRST: readonly Recognise[] = [parseRedis, parseAccess];
const LETTER_FIRST: readonly Recognise[] = [parseKlog, parseRuby, parseLogcatBrief, parsePython, parseDotnet, parseLambda, parseJournal, parseAudit, parseAccess];
const BRACKET_FIRST: readonly Recognise[] = [parseBracketedKlog, parseApacheError, parseLambda, parseRedis];
const OTHERS: Readonly<Record<string, readonly Recognise[]>> = { '[': BRACKET_FIRST, '<': [parseSyslog], _: [parseJournal], ':': [parseAccess], '-': [parseAccess] };

const firstOf = (recognisers: readonly Recognise[], line: string): ParsedLine | null => {
  for (const recognise of recognisers) {
    const parsed = recognise(line);
    if (parsed !== null) return parsed;
  }
  return null;
};

/** `time` is what the line begins with, if one. */
export const parseKnown = (line: string, time: TimeSpan | null): ParsedLine | null => {
  if (time !== null) {
    for (const recognise of TIMED) {
      const parsed = recognise(line, time);
      if (parsed !== null) return parsed;
    }
    return null;
  }
  const c = line.charCodeAt(0);
  if (c >= 48 && c <= 57) return firstOf(DIGIT_FIRST, line);
  if ((c | 32) >= 97 && (c | 32) <= 122) return firstOf(LETTER_FIRST, line);
  const others = OTHERS[line.charAt(0)];
  return others === undefined ? null : firstOf(others, line);
};
