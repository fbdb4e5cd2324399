import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ModelTask } from '../../ports/language-model.ts';
import type { BudgetNotice } from '../../ports/budget-notice.ts';
import { ModelError } from '../../ports/model-error.ts';
import { memoryCache } from '../cost/answer-cache.ts';
import { memoryLedger } from '../cost/ledger.ts';
import { parsePrompt, renderPrompt } from '../prompts/load-prompt.ts';
import { scriptedModel, testGateway, type TestGatewayOptions } from '../testing.ts';

const PROMPT = parsePrompt('greet', '---\nname: greet\nversion: 1\npurpose: test\ntask: narrate\nmax_output_tokens: 100\nmax_prompt_tokens: 50\nvariables:\n  name: data\n---\n# system\nGreet.\n# user\n{{name}}\n');
const Greeting = z.object({ text: z.string() });
const GOOD = '{"text":"hello"}';

const ask = (test: ReturnType<typeof testGateway>, name = 'Ada', more: { readonly task?: ModelTask; readonly signal?: AbortSignal; readonly incident?: string } = {}) =>
  test.gateway.ask(
    { task: more.task ?? 'narrate', incident: more.incident ?? 'i1', rendered: renderPrompt(PROMPT, { name }), schema: Greeting, jsonSchema: { type: 'object' } },
    { signal: more.signal ?? new AbortController().signal },
  );

const gateway = (options: TestGatewayOptions) => testGateway(options);

describe('a chain of models', () => {
  it.each([
    ['an answer is an answer', [[GOOD]], ['a', 'narrate'], [1]],
    ['three tries on a failing server, then the next model', [['model_unavailable'], [GOOD]], ['b', 'narrate'], [3, 1]],
    ['a time-out is tried again', [['model_timeout', GOOD]], ['a', 'narrate'], [2]],
    ['a refused key is not', [['model_auth'], [GOOD]], ['b', 'narrate'], [1, 1]],
    ['a cut answer is a failure, not an answer', [['model_truncated'], [GOOD]], ['b', 'narrate'], [1, 1]],
    ['a refusal goes to the next', [['model_refused'], [GOOD]], ['b', 'narrate'], [1, 1]],
    ['an answer in words is repaired once', [['hello there', GOOD]], ['a', 'narrate'], [2]],
    ['and only once', [['hello there', 'hello again'], [GOOD]], ['b', 'narrate'], [2, 1]],
    ['JSON in a fence is JSON', [['Sure!\n```json\n{"text":"hi"}\n```']], ['a', 'narrate'], [1]],
    ['a schema that is ignored is repaired', [['{"message":"hi"}', GOOD]], ['a', 'narrate'], [2]],
    ['a server without JSON schema is asked without', [['model_bad_request', GOOD]], ['a', 'narrate'], [2]],
  ])('%s', async (_, scripts, [provider, tier], calls) => {
    const models = scripts.map((script, index) => scriptedModel('abc'[index] ?? '', script));
    const outcome = await ask(gateway({ narrate: models }));
    expect(outcome).toMatchObject({ kind: 'answered', provider, tier });
    expect(models.map(({ requests }) => requests.length)).toEqual(calls);
  });

  it('ends with the cheap chain, which is asked once where it is the same model', async () => {
    const [dear, cheap] = [scriptedModel('a', ['model_auth']), scriptedModel('c', [GOOD])];
    expect(await ask(gateway({ narrate: [dear], cheap: [cheap] }))).toMatchObject({ kind: 'answered', provider: 'c', tier: 'cheap' });
    expect(await ask(gateway({ narrate: [dear], cheap: 'narrate' }))).toMatchObject({ kind: 'unanswered', failures: [{ provider: 'a' }] });
    expect(dear.requests).toHaveLength(2);
  });

  it('ends with nobody, and says why', async () => {
    const test = gateway({ narrate: [scriptedModel('a', ['model_auth']), scriptedModel('b', ['model_unavailable'])] });
    expect(await ask(test)).toMatchObject({ kind: 'unanswered', reason: 'model_unavailable', failures: [{ provider: 'a', code: 'model_auth' }, { provider: 'b', code: 'model_unavailable' }] });
    expect(test.telemetry.counts.get('deterministic')).toBe(1);
    expect(await ask(gateway({}))).toMatchObject({ kind: 'unanswered', reason: 'model_not_configured' });
  });

  it('waits exponentially with jitter, and at least what the server asks', async () => {
    const test = gateway({ narrate: [scriptedModel('a', ['model_unavailable'])] });
    await ask(test);
    expect(test.runtime.slept).toEqual([500, 1000]);
    const asked = gateway({ narrate: [scriptedModel('a', [new ModelError({ code: 'model_rate_limited', message: '', retryAfterMs: 7_000 }), GOOD])] });
    await ask(asked);
    expect(asked.runtime.slept).toEqual([7_500]);
  });

  it('does not wait an hour: the next model answers', async () => {
    const models = [scriptedModel('a', [new ModelError({ code: 'model_rate_limited', message: '', retryAfterMs: 3_600_000 })]), scriptedModel('b', [GOOD])];
    const test = gateway({ narrate: models });
    expect(await ask(test)).toMatchObject({ provider: 'b' });
    expect(test.runtime.slept).toEqual([]);
  });

  it('stops at once when cancelled, whatever else is in the chain', async () => {
    const models = [scriptedModel('a', [GOOD]), scriptedModel('b', [GOOD])];
    expect(await ask(gateway({ narrate: models }), 'Ada', { signal: AbortSignal.abort() })).toMatchObject({ kind: 'unanswered', reason: 'model_aborted' });
    expect(models[1]?.requests).toHaveLength(0);
  });

  it('leaves a provider alone that keeps failing, and comes back to it', async () => {
    const scripts = [...Array.from({ length: 5 }, () => 'model_unavailable' as const), GOOD];
    const model = scriptedModel('a', scripts);
    const test = gateway({ narrate: [model] });
    await ask(test, 'one');
    expect(await ask(test, 'two')).toMatchObject({ reason: 'model_circuit_open' });
    expect(await ask(test, 'three')).toMatchObject({ reason: 'model_circuit_open' });
    expect(model.requests).toHaveLength(5);
    test.runtime.advance(30_000);
    expect(await ask(test, 'four')).toMatchObject({ kind: 'answered' });
  });
});

describe('cache', () => {
  it('answers the same question once, for a day, and is free', async () => {
    const model = scriptedModel('a', [GOOD]);
    const test = gateway({ narrate: [model], cache: memoryCache(86_400_000) });
    await ask(test);
    expect(await ask(test)).toMatchObject({ tier: 'cache', costUsd: 0 });
    expect(await ask(test, 'Grace')).toMatchObject({ tier: 'narrate' });
    test.runtime.advance(86_400_000);
    expect(await ask(test)).toMatchObject({ tier: 'narrate' });
    expect(model.requests).toHaveLength(3);
  });
});

describe('budget', () => {
  const spent = (usd: number, incident = 'other') => {
    const ledger = memoryLedger();
    const at = Date.UTC(2026, 0, 15, 1);
    const id = ledger.hold(at, { incident, usd }, { dayUsd: 1_000, incidentUsd: 1_000 });
    ledger.settle(at, id ?? '', { at, task: 'narrate', incident, provider: 'a', model: 'm', inputTokens: 0, outputTokens: 0, costUsd: usd });
    return ledger;
  };

  it.each([
    [9.99, 'narrate', 'fine'],
    [10, 'cheap', 'warn'],
    [29, 'cheap', 'warn'],
  ])('after %f dollars the %s chain answers', async (usd, tier, budget) => {
    const test = gateway({ narrate: [scriptedModel('a', [GOOD])], cheap: [scriptedModel('c', [GOOD])], ledger: spent(usd) });
    expect(await ask(test)).toMatchObject({ kind: 'answered', tier, budget: { level: budget } });
    expect(test.telemetry.counts.has('budget_warn')).toBe(budget === 'warn');
  });

  it('at the cap nobody is asked, but what is known is told', async () => {
    const cache = memoryCache(86_400_000);
    await ask(gateway({ narrate: [scriptedModel('a', [GOOD])], cache }));
    const model = scriptedModel('a', [GOOD]);
    const test = gateway({ narrate: [model], cache, ledger: spent(30) });
    expect(await ask(test)).toMatchObject({ kind: 'answered', tier: 'cache' });
    expect(await ask(test, 'Grace')).toMatchObject({ kind: 'unanswered', reason: 'model_budget' });
    expect(model.requests).toHaveLength(0);
    expect(test.telemetry.counts.get('budget_spent')).toBe(2);
  });

  it('an incident has a cap of its own', async () => {
    const test = gateway({ narrate: [scriptedModel('a', [GOOD])], ledger: spent(1, 'i1'), budget: { incidentCapUsd: 1 } });
    expect(await ask(test)).toMatchObject({ kind: 'unanswered', reason: 'model_budget' });
    expect(await ask(test, 'Ada', { incident: 'i2' })).toMatchObject({ kind: 'answered' });
  });

  it('where the dear model no longer fits under the cap, the cheap one may, and nobody is told that the cap is reached', async () => {
    const [dear, cheap] = [scriptedModel('a', [GOOD]), scriptedModel('c', [GOOD])];
    const told: BudgetNotice[] = [];
    const watch = { reached: (notice: BudgetNotice) => void told.push(notice), settled: () => Promise.resolve([]) };
    const test = gateway({ narrate: [dear], cheap: [cheap], priceUsd: 1_000, cheapPriceUsd: 0.1, budget: { capUsd: 0.5, incidentCapUsd: 1 }, watch });
    expect(await ask(test)).toMatchObject({ kind: 'answered', provider: 'c', tier: 'cheap', failures: [{ provider: 'a', code: 'model_budget' }] });
    expect([dear.requests.length, cheap.requests.length, told]).toEqual([0, 1, []]);
    expect(await ask(gateway({ narrate: [dear], priceUsd: 1_000, budget: { capUsd: 0.5, incidentCapUsd: 1 }, watch }))).toMatchObject({ kind: 'unanswered', reason: 'model_budget' });
    expect(await ask(gateway({ narrate: [dear], priceUsd: 1_000, budget: { capUsd: 9, incidentCapUsd: 0.5 }, watch }))).toMatchObject({ kind: 'unanswered', reason: 'model_budget' });
    expect(told.map(({ level, incident, limitUsd }) => [level, incident, limitUsd])).toEqual([['spent', null, 0.5], ['spent', 'i1', 0.5]]);
  });

  it('tomorrow is another day', async () => {
    const test = gateway({ narrate: [scriptedModel('a', [GOOD])], ledger: spent(30) });
    test.runtime.advance(86_400_000);
    expect(await ask(test)).toMatchObject({ kind: 'answered', tier: 'narrate' });
  });

  it('a storm of 1,000 at once spends at most the cap, whatever fails', async () => {
    const flaky = scriptedModel('a', [...Array.from({ length: 40 }, (_, i) => (['model_timeout', 'no json', 'model_unavailable', GOOD] as const)[i % 4] ?? GOOD), GOOD], { inputTokens: 400, outputTokens: 100 });
    const test = gateway({ narrate: [flaky], budget: { warnUsd: 0.5, pageUsd: 0.8, capUsd: 1, incidentCapUsd: 1 }, priceUsd: 10 });
    const outcomes = await Promise.all(Array.from({ length: 1_000 }, (_, i) => ask(test, `incident ${i}`, { incident: `i${i}` })));
    expect(outcomes).toHaveLength(1_000);
    const spentUsd = test.ledger.spentUsd(test.runtime.nowMs());
    expect(spentUsd).toBeLessThanOrEqual(1);
    expect(spentUsd).toBeGreaterThan(0.5);
    expect(outcomes.filter(({ kind }) => kind === 'answered').length).toBeGreaterThan(50);
    expect(outcomes.some((outcome) => outcome.kind === 'unanswered' && outcome.reason === 'model_budget')).toBe(true);
  });

  it('books tokens and cost by incident and task', async () => {
    const test = gateway({ narrate: [scriptedModel('a', ['model_truncated']), scriptedModel('b', [GOOD])], priceUsd: 2 });
    expect(await ask(test)).toMatchObject({ costUsd: 0.0022, usage: { inputTokens: 1000, outputTokens: 100 } });
    expect(test.ledger.entries(test.runtime.nowMs())).toMatchObject([{ provider: 'a', task: 'narrate', incident: 'i1' }, { provider: 'b', inputTokens: 1000, outputTokens: 100, costUsd: 0.0022 }]);
  });
});
