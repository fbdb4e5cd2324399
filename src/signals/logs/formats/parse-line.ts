/**
 * The cascade: which format a line has is seen in the line. Wrappers first (containers, prefixes), then records (JSON,
 * logfmt), then formats with a known header, then any header at all, then plain text.
 */
import { isContinuation } from './continuation.ts';
import { parseHeader, type Header } from './header.ts';
import { jsonFields } from './json-fields.ts';
import { parsedLine, type ParsedLine } from './parsed-line.ts';
import { isRecord, parseRecord } from './record.ts';
import { parseSpringBoot } from './spring-boot.ts';
import { skipBlanks } from './tokens.ts';
import { parseWrapper } from './wrappers.ts';

/** Wrappers inside of wrappers: `docker compose` around a JSON file around CRI is the worst that was met. */
const MAX_WRAPPERS = 3;

const formatOf = (header: Header): string => {
  if (header.program !== null) return 'syslog-rfc3164';
  return header.time === null ? 'levelled' : 'timestamped';
};

const parseGeneric = (line: string): ParsedLine | null => {
  const header = parseHeader(line, 0);
  if (header === null) return null;
  const message = { start: Math.min(header.end, line.length), end: line.length };
  return parsedLine(formatOf(header), header.time === null && header.weak ? 'bare' : 'event', message, {
    time: header.time,
    level: header.level,
    host: header.host,
    logger: header.logger,
    service: header.program,
  });
};

const parseJson = (line: string): ParsedLine | null => {
  const at = skipBlanks(line, 0);
  const fields = jsonFields(line, at);
  return fields === null || !isRecord(fields) ? null : parseRecord('json', fields, { start: at, end: line.length });
};

const parseText = (line: string, wrappers: number): ParsedLine => {
  if (line.trim() === '') return parsedLine('blank', 'blank', { start: 0, end: line.length });
  if (wrappers < MAX_WRAPPERS) {
    const wrapped = parseWrapper(line, (inner) => parseText(inner, wrappers + 1));
    if (wrapped !== null) return wrapped;
  }
  const record = parseJson(line);
  if (record !== null) return record;
  if (isContinuation(line)) return parsedLine('plain', 'continuation', { start: 0, end: line.length });
  return parseSpringBoot(line) ?? parseGeneric(line) ?? parsedLine('plain', 'bare', { start: 0, end: line.length });
};

/** What one line says about itself, from the line alone. Never throws; linear in the line's length. */
export const parseLine = (line: string): ParsedLine => parseText(line, 0);
