/** `CLIENT_RANDOM … …`, `CLIENT_TRAFFIC_SECRET_0 … …`: the secrets of TLS sessions that SSLKEYLOGFILE collects (RFC 9850). */
import { lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';

/** Label, the client's random value, the secret: 32 or 48 bytes. */
const ENTRY = /(?:CLIENT_RANDOM|RSA|(?:CLIENT|SERVER)_(?:EARLY|HANDSHAKE)_TRAFFIC_SECRET|(?:CLIENT|SERVER)_TRAFFIC_SECRET_\d{1,3}|(?:EARLY_)?EXPORTER_SECRET|ECH_(?:SECRET|CONFIG)) (?:[0-9a-f]{64}|[0-9a-f]{16}) $/i;
const RANDOM_AND_SECRET = /[ \t]+[0-9a-f]{64}[ \t]+(?:[0-9a-f]{64}|<secret:)/iy;

/** Whether the label that ends at `end` is followed by a random value and a secret: the first of them is none. */
export const opensKeyLog = (text: string, end: number): boolean => {
  RANDOM_AND_SECRET.lastIndex = end;
  return RANDOM_AND_SECRET.test(text);
};

/** Handles a run of hexadecimal digits [start, end) of 64 or 96; the end of what was masked, or 0. */
export const maskSessionSecret = (text: string, start: number, end: number, sink: SpanSink): number =>
  ENTRY.test(lineBefore(text, start, 112)) ? sink.add(start, end, 'secret:session') : 0;
