/** An OTLP/HTTP receiver on 127.0.0.1 that reads what it gets (https://github.com/open-telemetry/opentelemetry-proto, v1). */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

type Value = string | number | boolean;
export type Attributes = Readonly<Record<string, Value>>;

export interface ReceivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string;
  readonly attributes: Attributes;
  readonly events: readonly string[];
  readonly resource: Attributes;
}

export interface ReceivedPoint {
  readonly metric: string;
  readonly attributes: Attributes;
  /** Of a counter its value, of a histogram its sum. */
  readonly value: number;
  readonly resource: Attributes;
}

interface Field {
  readonly id: number;
  /** Of a varint or a fixed64. */
  readonly number: number;
  readonly double: number;
  readonly bytes: Buffer;
}

/** Protocol Buffers' wire format: varint, 64 bits, length-delimited, 32 bits. */
const fieldsOf = (message: Buffer): readonly Field[] => {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  const none = Buffer.alloc(0);
  while (at < message.length) {
    const key = varint();
    const [id, type] = [key >>> 3, key & 7];
    if (type === 0) fields.push({ id, number: varint(), double: 0, bytes: none });
    else if (type === 1) {
      fields.push({ id, number: Number(message.readBigInt64LE(at)), double: message.readDoubleLE(at), bytes: none });
      at += 8;
    } else if (type === 2) {
      const length = varint();
      fields.push({ id, number: 0, double: 0, bytes: message.subarray(at, (at += length)) });
    } else at += 4;
  }
  return fields;
};

const all = (message: Buffer, id: number): readonly Buffer[] => fieldsOf(message).flatMap((field) => (field.id === id ? [field.bytes] : []));
const text = (message: Buffer, id: number): string => all(message, id)[0]?.toString('utf8') ?? '';
const hex = (message: Buffer, id: number): string => all(message, id)[0]?.toString('hex') ?? '';

const valueOf = (any: Buffer): Value => {
  const [field] = fieldsOf(any);
  if (field === undefined || field.id === 1) return field?.bytes.toString('utf8') ?? '';
  if (field.id === 2) return field.number !== 0;
  return field.id === 4 ? field.double : field.number;
};

const attributesOf = (message: Buffer, id: number): Attributes => Object.fromEntries(all(message, id).map((pair) => [text(pair, 1), valueOf(all(pair, 2)[0] ?? Buffer.alloc(0))]));

const spansOf = (request: Buffer): readonly ReceivedSpan[] =>
  all(request, 1).flatMap((ofResource) => {
    const resource = attributesOf(all(ofResource, 1)[0] ?? Buffer.alloc(0), 1);
    return all(ofResource, 2).flatMap((ofScope) => all(ofScope, 2)).map((span) => ({
      name: text(span, 5), traceId: hex(span, 1), spanId: hex(span, 2), parentId: hex(span, 4), attributes: attributesOf(span, 9), events: all(span, 11).map((event) => text(event, 2)), resource,
    }));
  });

const pointsOf = (request: Buffer): readonly ReceivedPoint[] =>
  all(request, 1).flatMap((ofResource) => {
    const resource = attributesOf(all(ofResource, 1)[0] ?? Buffer.alloc(0), 1);
    return all(ofResource, 2).flatMap((ofScope) => all(ofScope, 2)).flatMap((metric) => {
      const name = text(metric, 1);
      const numberOf = (point: Buffer): number => fieldsOf(point).flatMap(({ id, double, number }) => (id === 4 ? [double] : id === 6 ? [number] : []))[0] ?? 0;
      const sumOf = (point: Buffer): number => fieldsOf(point).find(({ id }) => id === 5)?.double ?? 0;
      const sums = all(metric, 7).flatMap((sum) => all(sum, 1)).map((point) => ({ metric: name, attributes: attributesOf(point, 7), value: numberOf(point), resource }));
      const histograms = all(metric, 9).flatMap((histogram) => all(histogram, 1)).map((point) => ({ metric: name, attributes: attributesOf(point, 9), value: sumOf(point), resource }));
      return [...sums, ...histograms];
    });
  });

export interface OtlpReceiver {
  readonly url: string;
  readonly spans: ReceivedSpan[];
  readonly points: ReceivedPoint[];
  /** Everything that came, as text. */
  readonly raw: string[];
  readonly headers: Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

/** `mute`: takes requests and never answers. */
export const startOtlpReceiver = async (behaviour: 'answers' | 'mute' | 'refuses' = 'answers'): Promise<OtlpReceiver> => {
  const [spans, points, raw, headers] = [[] as ReceivedSpan[], [] as ReceivedPoint[], [] as string[], [] as Readonly<Record<string, unknown>>[]];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const sent = Buffer.concat(chunks);
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
      headers.push(request.headers);
      raw.push(body.toString('latin1'));
      if (request.url === '/v1/traces') spans.push(...spansOf(body));
      if (request.url === '/v1/metrics') points.push(...pointsOf(body));
      if (behaviour === 'answers') response.setHeader('content-type', 'application/x-protobuf').end();
      if (behaviour === 'refuses') response.writeHead(401).end('who are you');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`, spans, points, raw, headers,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
