/** Formats that a language's or a platform's own logger writes. */
import { findTimestamp } from '../time/find-timestamp.ts';
import { TIME_LAYOUT } from '../time/layout.ts';
import { matchAt, restOf, type Recognise, type RecogniseTimed } from './known-format.ts';
import { levelOfLetter, levelOfWord } from './levels.ts';
import { event, type ParsedLine } from './parsed-line.ts';

const KLOG_REST = /\s+\d+ ([^\s\]]{1,120}:\d+)\] ?/y;
const DATED_REST = / \d+ (?:\d+@)?([^\s\]]{1,120}:\d+) +(?:⋮ *)?(?:\[[^\]]{0,120}\] +)?(?:\d+ +)?/y;

/** `I250201 14:05:01.123456 812 file.go:12 ⋮ [tags] 5 message`. Source: CockroachDB, log formats `crdb-v1` and `crdb-v2`. */
const parseDatedKlog = (line: string): ParsedLine | null => {
  const head = /^.\d{6} \d{2}:\d{2}:\d{2}\.\d{1,9}/.exec(line);
  const match = head === null ? null : matchAt(DATED_REST, line, head[0].length);
  if (head === null || match === null) return null;
  const time = { start: 1, end: head[0].length, layout: TIME_LAYOUT.compactShortYear };
  return event('klog', restOf(line, DATED_REST.lastIndex), { time, level: levelOfLetter(line.charAt(0)), discriminator: { start: 0, end: 1 }, logger: match[1] ?? null });
};

/** `[812:834:0201/140501.123:ERROR:file.cc(12)] message`. Source: Chromium, `base/logging.cc`. */
const BRACKETED_KLOG = /\[(?:\d+:){0,2}\d{4}\/\d{6}(?:\.\d{1,9})?:([A-Z]+)\d?:([\w./-]{1,120}\(\d+\))\] ?/y;

export const parseBracketedKlog: Recognise = (line) => {
  const match = matchAt(BRACKETED_KLOG, line, 0);
  const level = match === null ? null : levelOfWord(match[1] ?? '');
  if (match === null || level === null) return null;
  const slash = line.indexOf('/');
  const time = { start: slash - 4, end: line.indexOf(':', slash), layout: TIME_LAYOUT.klog };
  return event('klog', restOf(line, BRACKETED_KLOG.lastIndex), { time, level, logger: match[2] ?? null });
};

/** `I0201 14:05:01.123456       1 file.go:12] message`, klog and glog; the letter hides in a word with digits. */
export const parseKlog: Recognise = (line) => {
  const level = levelOfLetter(line.charAt(0));
  if (level === null || !/^[IWEFC]\d{4}/.test(line)) return null;
  const dated = /^.(?:19|20)\d{6} \d{2}:\d{2}:\d{2}(?:\.\d{1,9})?/.exec(line);
  const short = dated === null ? /^.\d{4} \d{2}:\d{2}:\d{2}(?:\.\d{1,9})?/.exec(line) : null;
  const head = dated ?? short;
  if (head === null) return parseDatedKlog(line);
  const match = matchAt(KLOG_REST, line, head[0].length);
  if (match === null) return null;
  const time = { start: 1, end: head[0].length, layout: dated === null ? TIME_LAYOUT.klog : TIME_LAYOUT.compact };
  return event('klog', restOf(line, KLOG_REST.lastIndex), { time, level, discriminator: { start: 0, end: 1 }, logger: match[1] ?? null });
};

const RUBY = / #\d+\] +([A-Z]+) -- ([^:]{0,80}): /y;

const TAG_ID = /\[[\w.:-]{0,60}\d[\w.:-]{0,60}\] /y;
const MAX_TAGS = 4;

/** Ids in front of the message, such as a request's. Source: Rails, `ActiveSupport::TaggedLogging`. */
const afterTags = (line: string, at: number): number => {
  let end = at;
  for (let n = 0; n < MAX_TAGS && matchAt(TAG_ID, line, end) !== null; n++) end = TAG_ID.lastIndex;
  return end;
};

/** `D, [2025-02-01T14:05:01.123456 #1234] DEBUG -- app: message`. */
export const parseRuby: Recognise = (line) => {
  if (line[1] !== ',' || line[3] !== '[') return null;
  const time = findTimestamp(line, 4);
  const match = time === null ? null : matchAt(RUBY, line, time.end);
  if (match === null) return null;
  const program = (match[2] ?? '').trim();
  const level = match[1] === 'ANY' ? null : levelOfWord(match[1] ?? '');
  return event('ruby-logger', restOf(line, afterTags(line, RUBY.lastIndex)), { time, level, service: program === '' ? null : program });
};

const LOGCAT = /\s+(?:\w{1,20}\s+)?\d+\s+\d+ ([VDIWEFA]) /y;
const LOGCAT_BRIEF = /(?:\s+|^)([VDIWEFA])\/([^(]{0,60})\(\s*\d+\): /y;
const MAX_TAG = 90;

const letter = (value: string | undefined) => (value === 'A' ? 'FATAL' : levelOfLetter(value ?? ''));

/** `03-17 16:13:38.811  1702  2395 D Tag: message`, and the `time` form `D/Tag( 1702): message`. */
export const parseLogcat: RecogniseTimed = (line, time) => {
  const brief = matchAt(LOGCAT_BRIEF, line, time.end);
  if (brief !== null) return event('logcat', restOf(line, LOGCAT_BRIEF.lastIndex), { time, level: letter(brief[1]), logger: (brief[2] ?? '').trim() });
  const match = matchAt(LOGCAT, line, time.end);
  if (match === null) return null;
  const at = LOGCAT.lastIndex;
  const colon = line.slice(at, at + MAX_TAG).search(/: |:$/);
  const end = colon < 0 ? at : at + colon + 2;
  return event('logcat', restOf(line, end), { time, level: letter(match[1]), logger: colon < 0 ? null : line.slice(at, at + colon).trim() });
};

/** `D/Tag( 1702): message`, without a time. */
export const parseLogcatBrief: Recognise = (line) => {
  const match = line[1] === '/' ? matchAt(LOGCAT_BRIEF, line, 0) : null;
  return match === null ? null : event('logcat', restOf(line, LOGCAT_BRIEF.lastIndex), { level: letter(match[1]), logger: (match[2] ?? '').trim() });
};

const PYTHON = /(DEBUG|INFO|WARNING|ERROR|CRITICAL):([A-Za-z_][\w.-]{0,120}):(?=\S)/y;

/** `INFO:root:message`, Python's default. */
export const parsePython: Recognise = (line) => {
  const match = matchAt(PYTHON, line, 0);
  return match === null ? null : event('python-logging', restOf(line, PYTHON.lastIndex), { level: levelOfWord(match[1] ?? ''), logger: match[2] ?? null });
};

const PYTHON_DASHED = / - ([A-Za-z_][\w.-]{0,120}) - (DEBUG|INFO|WARNING|ERROR|CRITICAL) - (?:[\w.-]{1,80}\.py:\d+ - )?(?:\[[^\]\s]{1,80}\] - )?/y;

/** `time - logger - LEVEL - message`, the form of Python's documentation. */
export const parsePythonDashed: RecogniseTimed = (line, time) => {
  const match = matchAt(PYTHON_DASHED, line, time.end);
  return match === null
    ? null
    : event('python-logging', restOf(line, PYTHON_DASHED.lastIndex), { time, level: levelOfWord(match[2] ?? ''), logger: match[1] ?? null });
};

const DOTNET = /(trce|dbug|info|warn|fail|crit): ([\w.`+<>]{1,200})\[\d+\]$/y;
const DOTNET_LEVELS: Readonly<Record<string, string>> = { trce: 'TRACE', dbug: 'DEBUG', info: 'INFO', warn: 'WARN', fail: 'ERROR', crit: 'FATAL' };

/** `fail: Microsoft.Hosting.Lifetime[14]`; .NET's console puts the message on the next line, indented. */
export const parseDotnet: Recognise = (line) => {
  const match = matchAt(DOTNET, line.trimEnd(), 0);
  return match === null ? null : event('dotnet-console', restOf(line, 6), { level: levelOfWord(DOTNET_LEVELS[match[1] ?? ''] ?? ''), logger: match[2] ?? null });
};

const LAMBDA_PLATFORM = /(?:START|END|REPORT|INIT_START|INIT_REPORT|XRAY) (?=RequestId: |Runtime Version: |Init Duration: |TraceId: )/y;
const REQUEST_ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const LAMBDA_NODE = new RegExp(`\\t(?:${REQUEST_ID}|undefined)\\t([A-Z]+)\\t`, 'y');
const LAMBDA_PYTHON = /\[([A-Z]+)\]\t/y;
const LAMBDA_ID = /\t[\w-]{8,40}\t/y;

/** `START RequestId: …` and the like from the platform; `[ERROR]\ttime\tid\tmessage` from Python. */
export const parseLambda: Recognise = (line) => {
  if (matchAt(LAMBDA_PLATFORM, line, 0) !== null) return event('aws-lambda', restOf(line, 0), { level: 'INFO' });
  const match = matchAt(LAMBDA_PYTHON, line, 0);
  const time = match === null ? null : findTimestamp(line, LAMBDA_PYTHON.lastIndex);
  if (match === null || time === null || matchAt(LAMBDA_ID, line, time.end) === null) return null;
  return event('aws-lambda', restOf(line, LAMBDA_ID.lastIndex), { time, level: levelOfWord(match[1] ?? '') });
};

/** `time\tid\tINFO\tmessage`, as Node functions log. */
export const parseLambdaNode: RecogniseTimed = (line, time) => {
  const match = matchAt(LAMBDA_NODE, line, time.end);
  return match === null ? null : event('aws-lambda', restOf(line, LAMBDA_NODE.lastIndex), { time, level: levelOfWord(match[1] ?? '') });
};

const WINDOWS = /, (Info|Warning|Error|Fatal)\s+(\S{1,20})\s{2,}/y;

/** `2016-09-28 04:30:30, Info                  CBS    message`, Windows servicing logs. */
export const parseWindows: RecogniseTimed = (line, time) => {
  const match = matchAt(WINDOWS, line, time.end);
  return match === null ? null : event('windows-servicing', restOf(line, WINDOWS.lastIndex), { time, level: levelOfWord(match[1] ?? ''), logger: match[2] ?? null });
};
