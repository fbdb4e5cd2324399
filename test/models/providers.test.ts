/** The port's contract, on every provider: an answer, and every way to fail told apart. */
import { afterEach, describe, expect, it } from 'vitest';
import { openModel } from '../../src/models/providers/open-model.ts';
import { ModelError } from '../../src/ports/model-error.ts';
import { PROVIDER_TYPES, type ProviderType } from '../../src/ports/model-settings.ts';
import { type ModelServer, providerSettings, type Reply, startModelServer, TEST_KEY } from './model-server.ts';

const CALL_TIMEOUT_MS = 600;
const IDLE_MS = 150;
const SCHEMA = { type: 'object', properties: { marker_of_schema: { type: 'string' } }, required: ['marker_of_schema'], additionalProperties: false };
const REQUEST = { system: 'Answer.', user: 'Hello.', maxOutputTokens: 50, schema: SCHEMA };

let server: ModelServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const ask = async (type: ProviderType, reply: Reply, signal: AbortSignal = new AbortController().signal) => {
  server = await startModelServer(() => reply);
  return openModel(providerSettings(type, server.url), 'some-model', { callTimeoutMs: CALL_TIMEOUT_MS, idleMs: IDLE_MS }).complete(REQUEST, { signal });
};

const failureOf = async (type: ProviderType, reply: Reply, signal?: AbortSignal): Promise<ModelError> => {
  const error: unknown = await ask(type, reply, signal).then(() => null, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ModelError);
  if (!(error instanceof ModelError)) throw new TypeError('no model error');
  expect(`${error.message} ${error.hint ?? ''} ${error.cause instanceof Error ? error.cause.message : ''}`).not.toContain(TEST_KEY);
  return error;
};

describe.each(PROVIDER_TYPES)('%s', (type) => {
  it('answers, counts tokens, sends key and limit', async () => {
    const answer = await ask(type, { kind: 'answer', text: '{"marker_of_schema":"1"}', inputTokens: 123, outputTokens: 45 });
    expect(answer).toMatchObject({ text: '{"marker_of_schema":"1"}', usage: { inputTokens: 123, outputTokens: 45 } });
    expect(JSON.stringify(server?.requests[0]?.headers)).toContain(TEST_KEY);
    expect(server?.requests[0]?.path).not.toContain(TEST_KEY);
    expect(server?.requests[0]?.text).toMatch(/"max_?(?:completion_|output)?_?tokens":50/i);
    expect(server?.requests[0]?.text).toContain('marker_of_schema');
    expect(server?.requests).toHaveLength(1);
  });

  it.each([
    [{ kind: 'status', status: 401, message: `Incorrect API key provided: ${TEST_KEY}` }, 'model_auth', false],
    [{ kind: 'status', status: 403 }, 'model_auth', false],
    [{ kind: 'status', status: 400, message: 'unknown option' }, 'model_bad_request', false],
    [{ kind: 'status', status: 404, message: 'no such model' }, 'model_bad_request', false],
    [{ kind: 'status', status: 307, headers: { location: 'http://127.0.0.1:1/' } }, 'model_bad_request', false],
    [{ kind: 'status', status: 500 }, 'model_unavailable', true],
    [{ kind: 'status', status: 529 }, 'model_unavailable', true],
    [{ kind: 'no_json' }, 'model_unavailable', true],
    [{ kind: 'cut' }, 'model_unavailable', true],
    [{ kind: 'slow_first_byte' }, 'model_timeout', true],
    [{ kind: 'stalled' }, 'model_timeout', true],
    [{ kind: 'truncated', text: '{"marker' }, 'model_truncated', false],
    [{ kind: 'refused' }, 'model_refused', false],
  ] as const)('%j is %s', async (reply, code, retryable) => {
    const error = await failureOf(type, reply);
    expect([error.code, error.retryable]).toEqual([code, retryable]);
    // One attempt is one request: retrying is the gateway's.
    expect(server?.requests).toHaveLength(1);
  });

  it.each([
    ['seconds', () => '7', 7_000, 7_000],
    ['a fraction', () => '0.5', 500, 500],
    ['a date', () => new Date(Date.now() + 60_000).toUTCString(), 50_000, 61_000],
  ])('429 with Retry-After as %s says how long to wait', async (_, header, low, high) => {
    const error = await failureOf(type, { kind: 'status', status: 429, headers: { 'retry-after': header() } });
    expect(error.code).toBe('model_rate_limited');
    expect(error.retryAfterMs).toBeGreaterThanOrEqual(low);
    expect(error.retryAfterMs).toBeLessThanOrEqual(high);
  });

  it('stops within 100 ms of an abort', async () => {
    const controller = new AbortController();
    let abortedAt = 0;
    setTimeout(() => {
      abortedAt = performance.now();
      controller.abort();
    }, 200);
    const error = await failureOf(type, { kind: 'slow_first_byte' }, controller.signal);
    expect(error.code).toBe('model_aborted');
    expect(performance.now() - abortedAt).toBeLessThan(100);
  });

  it('a server that is not there is unavailable, and nothing was spent', async () => {
    const gone = await startModelServer(() => ({ kind: 'no_json' }));
    await gone.close();
    const error: unknown = await openModel(providerSettings(type, gone.url), 'm', { callTimeoutMs: CALL_TIMEOUT_MS }).complete(REQUEST, { signal: new AbortController().signal }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'model_unavailable', mayBeBilled: false });
  });
});
