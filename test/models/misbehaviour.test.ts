/** Everything that a gateway does not do on demand, done to the first model of a chain: each ends with a reason and the second model's words. */
import { afterEach, describe, expect, it } from 'vitest';
import { modelSettingsOf } from '../../src/config/models.ts';
import { openGateway } from '../../src/models/gateway/open-gateway.ts';
import { testReport } from '../../src/models/narrate/narrator.fixture.ts';
import { createNarrator } from '../../src/models/narrate/narrator.ts';
import { systemRuntime } from '../../src/models/resilience/runtime.ts';
import { testPrompts } from '../../src/models/testing.ts';
import { silentTelemetry } from '../../src/ports/model-telemetry.ts';
import { type ModelServer, type Reply, startModelServer } from './model-server.ts';

const wording = (sentences: readonly { readonly text: string; readonly cites: readonly number[] }[]): Reply => ({ kind: 'answer', text: JSON.stringify({ summary: sentences, hypotheses: [], impact: [], next_actions: [] }) });
const GOOD = { text: 'Memory of order-service rose to 900 MB.', cites: [4] };
const WORDED = 'Memory of order-service rose to 900 MB [E1].';

let server: ModelServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** The first model does what `first` says, call by call; the second answers well. */
const report = async (first: readonly Reply[], chain: readonly string[] = ['house/first', 'house/second']) => {
  let calls = 0;
  server = await startModelServer(({ text }) => (text.includes('"model":"first"') ? (first[Math.min(calls++, first.length - 1)] ?? wording([GOOD])) : wording([GOOD])));
  const settings = modelSettingsOf(
    { providers: { house: { type: 'openai-compatible', base_url: `${server.url}/v1` } }, tiers: { narrate: chain }, call_timeout_ms: 400, deadline_ms: 20_000 }, {}, () => '',
  );
  if (settings === null) throw new Error('no settings');
  const slept: number[] = [];
  const runtime = { ...systemRuntime, random: () => 0.5, sleep: (ms: number) => Promise.resolve(void slept.push(ms)) };
  const { gateway } = openGateway(settings, { prompts: testPrompts, telemetry: silentTelemetry, runtime });
  const narrator = createNarrator({ gateway, settings, prompts: testPrompts, telemetry: silentTelemetry, mask: (text) => text });
  const worded = await narrator.report(testReport(), { language: 'en', signal: new AbortController().signal });
  return { worded, slept, asked: server.requests.map(({ text }) => /"model":"(\w+)"/.exec(text)?.[1]) };
};

const times = (model: string, count: number): readonly string[] => Array.from({ length: count }, () => model);

describe('the first model', () => {
  it.each<[string, readonly Reply[], string, number]>([
    ['sends no first byte', [{ kind: 'slow_first_byte' }], 'model_timeout', 3],
    ['stalls in the middle', [{ kind: 'stalled' }], 'model_timeout', 3],
    ['is cut off in the middle', [{ kind: 'cut' }], 'model_unavailable', 3],
    ['answers 500', [{ kind: 'status', status: 500 }], 'model_unavailable', 3],
    ['is full for an hour', [{ kind: 'status', status: 429, headers: { 'retry-after': '3600' } }], 'model_rate_limited', 1],
    ['sends a page instead of JSON', [{ kind: 'no_json' }], 'model_unavailable', 3],
    ['answers in words, twice', [{ kind: 'answer', text: 'I would rather talk.' }], 'model_invalid_output', 2],
    ['ignores the schema, twice', [{ kind: 'answer', text: '{"text":"Memory rose."}' }], 'model_invalid_output', 2],
    ['stops at its limit', [{ kind: 'truncated', text: JSON.stringify({ summary: [GOOD], hypotheses: [], impact: [], next_actions: [] }) }], 'model_truncated', 1],
    ['refuses', [{ kind: 'refused' }], 'model_refused', 1],
    ['refuses the key', [{ kind: 'status', status: 401 }], 'model_auth', 1],
  ])('%s: the next one answers, and the report says why', async (_, replies, reason, calls) => {
    const { worded, asked } = await report(replies);
    expect(worded).toMatchObject({ summary: WORDED, llm: { model: 'second', tier: 'narrate', reason } });
    expect(asked).toEqual([...times('first', calls), 'second']);
  });

  it('is full for two seconds: waited for, as asked, and more by chance', async () => {
    const { worded, slept, asked } = await report([{ kind: 'status', status: 429, headers: { 'retry-after': '2' } }, wording([GOOD])]);
    expect(worded).toMatchObject({ summary: WORDED, llm: { model: 'first', reason: null } });
    expect([slept, asked]).toEqual([[2_500], ['first', 'first']]);
  });

  it('does not know JSON schema: asked once more without', async () => {
    const { worded, asked } = await report([{ kind: 'status', status: 400, message: 'response_format is not supported' }, wording([GOOD])]);
    expect(worded).toMatchObject({ summary: WORDED, llm: { model: 'first', reason: null } });
    expect(asked).toEqual(['first', 'first']);
    expect(server?.requests.map(({ text }) => text.includes('"response_format"'))).toEqual([true, false]);
  });
});

describe('what no model may say', () => {
  it.each<[string, { readonly text: string; readonly cites: readonly number[] }, string]>([
    ['a wrong citation', { ...GOOD, cites: [99] }, 'unknown_citation'],
    ['a citation of something else', { text: 'Requests of checkout-api met time-outs.', cites: [4] }, 'foreign_citation'],
    ['an invented number', { text: 'Memory of order-service rose to 950 MB.', cites: [4] }, 'number'],
    ['an invented name', { text: 'Memory of ledger-service rose to 900 MB.', cites: [4] }, 'name'],
    ['an order', { text: 'Please restart order-service at 900 MB.', cites: [4] }, 'order'],
  ])('%s is removed, the rest stands', async (_, bad, violation) => {
    const { worded } = await report([wording([GOOD, bad])], ['house/first']);
    expect(worded).toMatchObject({ summary: WORDED, llm: { tier: 'narrate', worded: ['summary'], removed: [{ field: 'summary', violation }] } });
  });
});
