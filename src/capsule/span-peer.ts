/**
 * Whom a client's span called, by OpenTelemetry's attributes.
 * Source: opentelemetry.io/docs/specs/semconv/general/attributes (`server.address`, `peer.service`; `net.peer.name` before).
 */
import { textOfBytes } from '../shared/byte-names.ts';
import { JsonScanner, NUMBER, PLAIN_TEXT } from '../shared/json-scan.ts';

const KEYS = ['peer.service', 'server.address', 'net.peer.name', 'span.kind'] as const;
const SPAN_KIND = 3;
/** Of a server's span the address is its own, or its client's. 3 and 4 are OTLP's numbers of clients and producers. */
const CALLS = /^(?:SPAN_KIND_)?(?:CLIENT|PRODUCER)$|^[34]$/i;
/** An address stands for a host, not for a service; on the same host stands a proxy. */
const NOBODY = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[?[0-9a-f]*:[0-9a-f:]+\]?|localhost)$/i;
const MAX_NAME = 200;

const calls = (kind: string | null): boolean => kind !== null && CALLS.test(kind);

const named = (values: readonly (string | null)[], kind: string | null): string | null => {
  if (!calls(kind)) return null;
  return values.find((value) => value !== null && value !== '' && value.length <= MAX_NAME && !NOBODY.test(value)) ?? null;
};

/** Null where the span is no client's or names nobody. `kind`: the span's own field of that name. */
export const peerOf = (attributes: Readonly<Record<string, unknown>>, kind: unknown): string | null => {
  const texts = KEYS.map((key) => (typeof attributes[key] === 'string' ? attributes[key] : null));
  return named(texts.slice(0, SPAN_KIND), typeof kind === 'string' || typeof kind === 'number' ? String(kind) : (texts[SPAN_KIND] ?? null));
};

/** The same from bytes. */
export class PeerReader {
  private readonly scanner = new JsonScanner(KEYS, '', []);

  peerIn(bytes: Uint8Array, start: number, end: number, kind: string | null): string | null {
    // The attributes of a span that calls nobody are not looked at.
    if (kind !== null && !calls(kind)) return null;
    const { scanner } = this;
    if (!scanner.scan(bytes, start, end)) return null;
    const texts = KEYS.map((_, field) => (scanner.kinds[field] === PLAIN_TEXT || scanner.kinds[field] === NUMBER ? textOfBytes(bytes, scanner.starts[field] ?? 0, scanner.ends[field] ?? 0) : null));
    return named(texts.slice(0, SPAN_KIND), kind ?? texts[SPAN_KIND] ?? null);
  }
}
