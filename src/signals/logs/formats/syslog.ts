/** Syslog with its priority, RFC 3164 and RFC 5424, and journald's export format. */
import { findTimestamp } from '../time/find-timestamp.ts';
import { TIME_LAYOUT } from '../time/layout.ts';
import { parseHeader } from './header.ts';
import { matchAt, restOf, type Recognise } from './known-format.ts';
import { levelOfSyslog } from './levels.ts';
import { event, parsedLine, type ParsedFields, type ParsedLine } from './parsed-line.ts';
import { afterOrigin, skipBlanks, syslogTag } from './tokens.ts';

const PRIORITY = /<(\d{1,3})>/y;
const VERSION = /\d /y;
const NAME = /([^\s]{1,255}) ([^\s]{1,48}) ([^\s]{1,128}) ([^\s]{1,32}) /y;
const ELEMENT = /\[[^\s\]="]{1,32}(?: [^\s\]="]{1,32}="(?:[^"\\\]]|\\.)*")*\]/y;
const nilable = (value: string | undefined): string | null => (value === undefined || value === '-' ? null : value);

/** Structured data: `-` or elements; the offset behind it. */
const afterStructuredData = (line: string, at: number): number => {
  if (line[at] === '-') return at + 1;
  let end = at;
  while (matchAt(ELEMENT, line, end) !== null) end = ELEMENT.lastIndex;
  return end;
};

/** What devices print behind the priority: `42: host: *time: %FACILITY-6-MNEMONIC: message`, or a message alone. */
const parseNumbered = (line: string, at: number, fields: ParsedFields): ParsedLine => {
  const header = parseHeader(line, at);
  if (header === null) return event('syslog-rfc3164', restOf(line, at), fields);
  const { time, host, logger, program, traceId } = header;
  return event('syslog-rfc3164', restOf(line, header.end), { ...fields, time, host: host ?? fields.host ?? null, logger, service: program, traceId });
};

/** `<PRI>` and what follows: `1 time host app pid id data message` or `time host tag: message`. */
export const parseSyslog: Recognise = (line) => {
  const priority = matchAt(PRIORITY, line, 0);
  if (priority === null || Number(priority[1]) > 191) return null;
  let at = PRIORITY.lastIndex;
  const header = { level: levelOfSyslog(Number(priority[1]) % 8), discriminator: { start: 1, end: at - 1 } };
  const modern = matchAt(VERSION, line, at) !== null;
  if (modern) at += 2;
  const time = findTimestamp(line, at);
  if (modern) {
    const names = matchAt(NAME, line, time === null ? at + 1 : skipBlanks(line, time.end));
    if (names !== null) {
      const end = skipBlanks(line, afterStructuredData(line, NAME.lastIndex));
      return event('syslog-rfc5424', restOf(line, end), { ...header, time, host: nilable(names[1]), service: nilable(names[2]) });
    }
  }
  if (time === null) return parseNumbered(line, at, header);
  const body = skipBlanks(line, time.end);
  const tag = body === time.end ? null : syslogTag(line, body, 'surely');
  if (tag === null) return parseNumbered(line, at, { ...header, time });
  if (tag.program === null) return parseNumbered(line, at, { ...header, time, host: tag.host });
  return event('syslog-rfc3164', restOf(line, afterOrigin(line, tag.end)), { ...header, time, host: tag.host, service: tag.program });
};

const AUDIT = /(?:node=\S{1,255} )?type=[\w[\]]{1,60} msg=audit\((?=\d{10}\.\d{1,9}:\d)/y;

/** `type=SYSCALL msg=audit(1738418701.123:812): arch=…`: the type tells the event, so it is message. Source: Linux Audit, `auditd.conf`, RAW. */
export const parseAudit: Recognise = (line) => {
  if (matchAt(AUDIT, line, 0) === null) return null;
  const start = AUDIT.lastIndex;
  return event('audit', restOf(line, 0), { time: { start, end: line.indexOf(':', start), layout: TIME_LAYOUT.epoch } });
};

const JOURNAL = /(?:__[A-Z_]+|_[A-Z][A-Z0-9_]+|PRIORITY|SYSLOG_[A-Z_]+|CODE_[A-Z]+|MESSAGE_ID|ERRNO|UNIT|USER_UNIT|INVOCATION_ID|JOB_[A-Z]+|TID)=/y;

/** One field a line; the record's event is its MESSAGE, the other fields are folded away. */
export const parseJournal: Recognise = (line) => {
  if (line.startsWith('MESSAGE=')) return event('journald', restOf(line, 8));
  return matchAt(JOURNAL, line, 0) === null ? null : parsedLine('journald', 'continuation', restOf(line, 0));
};
