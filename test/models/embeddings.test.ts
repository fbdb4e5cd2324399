/** The port of embeddings, on every provider that has them. */
import { afterEach, describe, expect, it } from 'vitest';
import { openEmbeddingModel } from '../../src/models/providers/open-embedding-model.ts';
import { PROVIDER_TYPES, type ProviderType } from '../../src/ports/model-settings.ts';
import { type ModelServer, providerSettings, type Reply, startModelServer, TEST_KEY } from './model-server.ts';

let server: ModelServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const MODELS: Readonly<Partial<Record<ProviderType, string>>> = { bedrock: 'amazon.titan-embed-text-v2:0' };

const embed = async (type: ProviderType, texts: readonly string[], reply: Reply) => {
  server = await startModelServer(() => reply);
  return openEmbeddingModel(providerSettings(type, server.url), MODELS[type] ?? 'some-model', { callTimeoutMs: 600, idleMs: 150 }).embed(texts, { signal: new AbortController().signal });
};

const failureOf = (type: ProviderType, texts: readonly string[], reply: Reply): Promise<unknown> => embed(type, texts, reply).catch((error: unknown) => error);

describe.each(PROVIDER_TYPES.filter((type) => type !== 'anthropic'))('%s', (type) => {
  it('gives a vector a text, and sends key and text', async () => {
    const answer = await embed(type, ['disk full'], { kind: 'vectors', vectors: [[0.5, -0.25]] });
    expect(answer.vectors.map((vector) => [...vector])).toEqual([[0.5, -0.25]]);
    expect([null, 7]).toContain(answer.inputTokens);
    expect(JSON.stringify(server?.requests[0]?.headers)).toContain(TEST_KEY);
    expect(server?.requests[0]?.text).toContain('disk full');
  });

  it('several texts keep their order', async () => {
    const texts = ['a', 'b', 'c'];
    const batched = type !== 'bedrock';
    const answer = await embed(type, texts, { kind: 'vectors', vectors: batched ? [[1, 0], [2, 0], [3, 0]] : [[1, 0]] });
    expect(answer.vectors.map(([first]) => first)).toEqual(batched ? [1, 2, 3] : [1, 1, 1]);
    expect(server?.requests).toHaveLength(batched ? 1 : 3);
  });

  it.each([
    [{ kind: 'status', status: 401, message: `bad ${TEST_KEY}` }, 'model_auth'],
    [{ kind: 'status', status: 429 }, 'model_rate_limited'],
    [{ kind: 'status', status: 500 }, 'model_unavailable'],
    [{ kind: 'slow_first_byte' }, 'model_timeout'],
    [{ kind: 'stalled' }, 'model_timeout'],
    [{ kind: 'no_json' }, 'model_unavailable'],
  ] as const)('%j is %s', async (reply, code) => {
    const error = await failureOf(type, ['a'], reply);
    expect(error).toMatchObject({ code });
    expect(String(error)).not.toContain(TEST_KEY);
  });
});

it('a vector that is missing or empty is no answer', async () => {
  expect(await failureOf('openai', ['a', 'b'], { kind: 'vectors', vectors: [[1, 2]] })).toMatchObject({ code: 'model_invalid_output' });
  await server?.close();
  expect(await failureOf('openai', ['a'], { kind: 'vectors', vectors: [[]] })).toMatchObject({ code: 'model_invalid_output' });
  await server?.close();
  expect(await failureOf('openai', ['a', 'b'], { kind: 'vectors', vectors: [[1, 2], [1]] })).toMatchObject({ code: 'model_invalid_output' });
});

it('anthropic has none, and says so', async () => {
  expect(await failureOf('anthropic', ['a'], { kind: 'no_json' })).toMatchObject({ code: 'model_bad_request', message: 'anthropic offers no embeddings' });
});
