/** Each task's chain through a real gateway: an answer, 429, 500, the next model, a key that is refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelSettingsOf } from '../../src/config/models.ts';
import { openGateway } from '../../src/models/gateway/open-gateway.ts';
import { Narration, NARRATION_JSON_SCHEMA } from '../../src/models/narrate/narration.ts';
import { testReport } from '../../src/models/narrate/narrator.fixture.ts';
import { createNarrator } from '../../src/models/narrate/narrator.ts';
import { renderPrompt } from '../../src/models/prompts/load-prompt.ts';
import { systemRuntime } from '../../src/models/resilience/runtime.ts';
import { testPrompts } from '../../src/models/testing.ts';
import { MODEL_TASKS, type ModelTask } from '../../src/ports/language-model.ts';
import { silentTelemetry } from '../../src/ports/model-telemetry.ts';
import { GATEWAY_KEY, type LiteLlm, startLiteLlm, whySkipped } from './litellm-server.ts';

const ANSWER = JSON.stringify({ summary: [{ text: 'Memory of order-service rose to 900 MB.', cites: [4] }], hypotheses: [], impact: [], next_actions: [] });
const skipped = whySkipped();

describe.skipIf(skipped !== null)(`LiteLLM${skipped === null ? '' : ` (${skipped})`}`, () => {
  let server: LiteLlm | null = null;
  beforeAll(async () => {
    server = await startLiteLlm({ good: ANSWER, prose: 'I would rather talk.', busy: 'litellm.RateLimitError', broken: 'litellm.InternalServerError', vectors: [0.5, -0.25] });
  }, 300_000);
  afterAll(() => server?.close());

  const open = (chain: readonly string[], key = GATEWAY_KEY) => {
    const references = chain.map((name) => `proxy/${name}`);
    const settings = modelSettingsOf(
      { providers: { proxy: { type: 'openai-compatible', base_url: `${server?.url ?? ''}/v1`, api_key: key } }, tiers: Object.fromEntries(MODEL_TASKS.map((task) => [task, references])), embed: 'proxy/vectors' },
      {}, () => '',
    );
    if (settings === null) throw new Error('no settings');
    // Waiting is tested elsewhere; here it would only take time.
    const runtime = { ...systemRuntime, sleep: () => Promise.resolve() };
    return { settings, ...openGateway(settings, { prompts: testPrompts, telemetry: silentTelemetry, runtime }) };
  };

  const ask = (task: ModelTask, chain: readonly string[], key?: string) => {
    const rendered = renderPrompt(testPrompts('narrate'), { language: 'English', evidence: `task ${task}`, hypotheses: 'none', actions: 'none' });
    return open(chain, key).gateway.ask({ task, incident: 'i1', rendered, schema: Narration, jsonSchema: NARRATION_JSON_SCHEMA }, { signal: new AbortController().signal });
  };

  describe.each(MODEL_TASKS)('%s', (task) => {
    it('an answer, with the tokens it took', async () => {
      const outcome = await ask(task, ['good']);
      expect(outcome).toMatchObject({ kind: 'answered', model: 'good', tier: task, failures: [] });
      if (outcome.kind === 'answered') expect(outcome.usage.inputTokens).toBeGreaterThan(0);
    });

    it('too many requests, then a defect, then the next model', async () => {
      expect(await ask(task, ['busy', 'broken', 'good'])).toMatchObject({ kind: 'answered', model: 'good', failures: [{ model: 'busy', code: 'model_rate_limited' }, { model: 'broken', code: 'model_unavailable' }] });
    });
  });

  it('a defect is told as one', async () => {
    expect(await ask('narrate', ['broken'])).toMatchObject({ kind: 'unanswered', reason: 'model_unavailable' });
  });

  it('an answer that keeps to no schema: repaired once, then the next model', async () => {
    expect(await ask('narrate', ['prose', 'good'])).toMatchObject({ kind: 'answered', model: 'good', failures: [{ model: 'prose', code: 'model_invalid_output' }] });
  });

  it('a model it does not have, and a key it refuses, with nothing of the key in the message', async () => {
    expect(await ask('narrate', ['missing'])).toMatchObject({ kind: 'unanswered', reason: 'model_bad_request' });
    const refused = await ask('narrate', ['good'], 'sk-some-other-key-0123456789');
    expect(refused).toMatchObject({ kind: 'unanswered' });
    expect(['model_auth', 'model_bad_request']).toContain(refused.kind === 'unanswered' ? refused.reason : '');
    expect(JSON.stringify(refused)).not.toContain('sk-some-other-key');
  });

  it('a vector, once: the second time it is known', async () => {
    const { embedder } = open(['good']);
    const embed = () => embedder?.embed(['disk full'], 'i1', { signal: new AbortController().signal });
    expect(await embed()).toMatchObject({ kind: 'embedded', vectors: [Float32Array.of(0.5, -0.25)], cached: 0 });
    expect(await embed()).toMatchObject({ kind: 'embedded', vectors: [Float32Array.of(0.5, -0.25)], cached: 1, costUsd: 0 });
  });

  it('words a report', async () => {
    const { gateway, settings } = open(['busy', 'good']);
    const narrator = createNarrator({ gateway, settings, prompts: testPrompts, telemetry: silentTelemetry, mask: (text) => text });
    const report = await narrator.report(testReport(), { language: 'en', signal: new AbortController().signal });
    expect([report.summary, report.llm?.tier, report.llm?.reason]).toEqual(['Memory of order-service rose to 900 MB [E1].', 'narrate', 'model_rate_limited']);
  });
});
