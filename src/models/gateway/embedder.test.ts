import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ModelError, type ModelErrorCode } from '../../ports/model-error.ts';
import { createBudget } from '../cost/budget.ts';
import { type EmbeddingCache, embeddingKey, fileEmbeddings, memoryEmbeddings } from '../cost/embedding-cache.ts';
import { memoryLedger } from '../cost/ledger.ts';
import { circuitBreaker } from '../resilience/circuit-breaker.ts';
import { countedTelemetry, testRuntime } from '../testing.ts';
import { createEmbedder } from './embedder.ts';

/** A text's vector: its length, and one. */
const embedder = (cache: EmbeddingCache = memoryEmbeddings(), failures: readonly ModelErrorCode[] = [], capUsd = 1) => {
  const [asked, runtime, ledger, telemetry, left] = [[] as string[][], testRuntime(), memoryLedger(), countedTelemetry(), [...failures]];
  const model = {
    provider: 'p', system: 'test', model: 'e-1',
    embed: (texts: readonly string[]) => {
      asked.push([...texts]);
      const code = left.shift();
      if (code !== undefined) return Promise.reject(new ModelError({ code, message: 'as the script says' }));
      return Promise.resolve({ vectors: texts.map((text) => Float32Array.of(text.length, 1)), inputTokens: 100_000 });
    },
  };
  const made = createEmbedder({
    seat: { model, price: { inputUsd: 1, outputUsd: 0, source: 'configuration' }, breaker: circuitBreaker(runtime.nowMs) },
    budget: createBudget({ warnUsd: 1, pageUsd: 1, capUsd, incidentCapUsd: 1 }, ledger), cache, telemetry, runtime, deadlineMs: 60_000,
  });
  return { asked, runtime, ledger, telemetry, embed: (texts: readonly string[]) => made.embed(texts, 'i1', { signal: new AbortController().signal }) };
};

describe('embedder', () => {
  it('asks once for each text, ever, and pays for nothing else', async () => {
    const test = embedder();
    expect(await test.embed(['one', 'four', 'one'])).toMatchObject({ kind: 'embedded', vectors: [Float32Array.of(3, 1), Float32Array.of(4, 1), Float32Array.of(3, 1)], costUsd: 0.1, cached: 0 });
    test.runtime.advance(365 * 86_400_000);
    expect(await test.embed(['four', 'eleven'])).toMatchObject({ vectors: [Float32Array.of(4, 1), Float32Array.of(6, 1)], cached: 1 });
    expect(test.asked).toEqual([['one', 'four'], ['eleven']]);
    expect(test.telemetry.counts.get('cache_hit')).toBe(1);
    expect(test.ledger.entries(test.runtime.nowMs())).toMatchObject([{ task: 'embed', incident: 'i1', inputTokens: 100_000, outputTokens: 0, costUsd: 0.1 }]);
  });

  it('goes in batches, and tries again', async () => {
    const test = embedder(memoryEmbeddings(), ['model_unavailable', 'model_rate_limited']);
    const texts = Array.from({ length: 40 }, (_, i) => `${i}`);
    expect(await test.embed(texts)).toMatchObject({ kind: 'embedded' });
    expect(test.asked.map(({ length }) => length)).toEqual([32, 32, 32, 8]);
    expect(test.runtime.slept).toEqual([500, 1000]);
  });

  it.each<[readonly ModelErrorCode[], number, ModelErrorCode, number]>([
    [['model_auth'], 1, 'model_auth', 1],
    [['model_unavailable', 'model_unavailable', 'model_unavailable'], 1, 'model_unavailable', 3],
    [[], 0, 'model_budget', 0],
  ])('%j with %d dollars: %s', async (failures, capUsd, reason, calls) => {
    const test = embedder(memoryEmbeddings(), failures, capUsd);
    expect(await test.embed(['a'])).toMatchObject({ kind: 'unanswered', reason });
    expect(test.asked).toHaveLength(calls);
  });
});

describe('file cache of vectors', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-embeddings-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is kept over restarts, exactly', () => {
    const vector = Float32Array.of(0.1, -1e-30, 3);
    fileEmbeddings(folder).put(embeddingKey('p/m', 'text'), vector);
    expect(fileEmbeddings(folder).get(embeddingKey('p/m', 'text'))).toEqual(vector);
    expect(fileEmbeddings(folder).get(embeddingKey('p/other', 'text'))).toBeNull();
  });

  it.each([['cut off', Buffer.alloc(7)], ['empty', Buffer.alloc(0)], ['not numbers', Buffer.from('ffffffff', 'hex')]])('a file that is %s is not there', (_, bytes) => {
    const key = embeddingKey('p/m', 'text');
    fileEmbeddings(folder).put(key, Float32Array.of(1));
    const [shard = ''] = readdirSync(join(folder, 'embeddings'));
    writeFileSync(join(folder, 'embeddings', shard, `${key}.f32`), bytes);
    expect(fileEmbeddings(folder).get(key)).toBeNull();
  });

  it('a folder that cannot be written is no cache, never an error', () => {
    writeFileSync(join(folder, 'embeddings'), '');
    const cache = fileEmbeddings(folder);
    cache.put(embeddingKey('p/m', 'text'), Float32Array.of(1));
    expect(cache.get(embeddingKey('p/m', 'text'))).toBeNull();
  });
});
