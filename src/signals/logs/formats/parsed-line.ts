/** What one line says about itself. Positions are UTF-16 offsets in the raw line; intervals are half open. */
import type { LogLevel } from '../../../domain/severity.ts';
import type { TimeLayout } from '../time/layout.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export type TimeSpan = Span & { readonly layout: TimeLayout };

/**
 * `event`: has a header of its own. `continuation`: surely belongs to the event before. `bare`: no header, could be
 * either; it continues where its stream has headed events. `blank`: nothing but white space.
 */
export type LineRole = 'event' | 'continuation' | 'blank' | 'bare';

export interface ParsedLine {
  /** `spring-boot`, `json`, `cri+json`, `timestamped`, `plain`, … wrappers first, joined by `+`. */
  readonly format: string;
  readonly role: LineRole;
  /** Where the timestamp stands. */
  readonly time: TimeSpan | null;
  readonly level: LogLevel | null;
  /** What decides the level and may differ in lines of one shape: an HTTP status, a numeric level, a `<PRI>`. */
  readonly discriminator: Span | null;
  readonly service: string | null;
  readonly host: string | null;
  readonly env: string | null;
  readonly region: string | null;
  readonly logger: string | null;
  readonly traceId: string | null;
  /** Part of the raw line, or a decoded text where the line holds it escaped. */
  readonly message: Span | string;
  /** A stack trace found inside of the line, decoded. */
  readonly exception: string | null;
  /** The message goes on in the next line of that stream. */
  readonly partial: boolean;
  /** Streams that share a file: `stdout`, a container's name. */
  readonly streamKey: string | null;
}

export type ParsedFields = Partial<Omit<ParsedLine, 'format' | 'role' | 'message'>>;

/** Field by field: every line that is parsed passes here, and spreading objects costs ten times as much. */
export const parsedLine = (format: string, role: LineRole, message: Span | string, fields: ParsedFields = {}): ParsedLine => ({
  format,
  role,
  time: fields.time ?? null,
  level: fields.level ?? null,
  discriminator: fields.discriminator ?? null,
  service: fields.service ?? null,
  host: fields.host ?? null,
  env: fields.env ?? null,
  region: fields.region ?? null,
  logger: fields.logger ?? null,
  traceId: fields.traceId ?? null,
  message,
  exception: fields.exception ?? null,
  partial: fields.partial ?? false,
  streamKey: fields.streamKey ?? null,
});

export const event = (format: string, message: Span | string, fields: ParsedFields = {}): ParsedLine => parsedLine(format, 'event', message, fields);

