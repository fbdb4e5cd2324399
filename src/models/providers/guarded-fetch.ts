/** The only `fetch` of the model gateway: no redirects (they would carry the key away), bounded size, bounded silence. */
import { ModelError } from '../../ports/model-error.ts';
import type { Fetch } from './provider.ts';

/** An answer of a few sentences is a few kilobytes. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

export interface FetchLimits {
  /** Longest silence once the first byte of the body has come. */
  readonly idleMs: number;
}

const stalled = (idleMs: number): ModelError => new ModelError({ code: 'model_timeout', message: `the answer stalled for ${idleMs} ms` });
const tooLong = (): ModelError => new ModelError({ code: 'model_unavailable', message: `the answer is larger than ${MAX_BODY_BYTES} bytes` });

/** `read`, or a rejection when nothing comes in time. */
const inTime = async <T>(read: Promise<T>, idleMs: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(stalled(idleMs)), idleMs);
  });
  try {
    return await Promise.race([read, silence]);
  } finally {
    clearTimeout(timer);
  }
};

const readBody = async (body: ReadableStream<Uint8Array>, idleMs: number): Promise<Uint8Array<ArrayBuffer>> => {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await inTime(reader.read(), idleMs);
      if (done) break;
      size += value.byteLength;
      if (size > MAX_BODY_BYTES) throw tooLong();
      chunks.push(value);
    }
  } catch (error) {
    // Closing a connection that has failed may itself fail; the first failure is the one that counts.
    reader.cancel().catch(() => {});
    throw error;
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
};

/** Status codes whose responses carry no body (Fetch standard, "null body status"). */
const BODILESS = new Set([204, 205, 304]);

export const guardedFetch = (limits: FetchLimits, base: Fetch = globalThis.fetch): Fetch => async (input, init) => {
  const response = await base(input, { ...init, redirect: 'manual' });
  if (response.status >= 300 && response.status < 400)
    throw new ModelError({ code: 'model_bad_request', message: `the server answered ${response.status} with a redirect, which is not followed`, status: response.status });
  if (response.body === null || BODILESS.has(response.status)) return response;
  const body = await readBody(response.body, limits.idleMs);
  const headers = new Headers(response.headers);
  // The body is already decoded.
  headers.delete('content-encoding');
  headers.delete('content-length');
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
};
