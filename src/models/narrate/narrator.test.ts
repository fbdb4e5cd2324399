import { describe, expect, it } from 'vitest';
import type { Digest } from '../../domain/digest.ts';
import type { Report } from '../../domain/report.ts';
import type { LanguageModel } from '../../ports/language-model.ts';
import { scriptedModel, testGateway, testPrompts } from '../testing.ts';
import { testDigest, testReport } from './narrator.fixture.ts';
import { createNarrator } from './narrator.ts';

const SIGNAL = new AbortController().signal;

const narratorOf = (models: readonly LanguageModel[], evidenceTokens = 6_000) => {
  const test = testGateway({ narrate: models });
  return { ...test, narrator: createNarrator({ gateway: test.gateway, telemetry: test.telemetry, prompts: testPrompts, settings: { evidenceTokens }, mask: (text) => text }) };
};

const narrate = async (answer: unknown, report: Report = testReport(), language: 'en' | 'ko' = 'en') =>
  narratorOf([scriptedModel('a', [typeof answer === 'string' ? answer : JSON.stringify(answer)])]).narrator.report(report, { language, signal: SIGNAL });

const narration = (more: object) => ({ summary: [{ text: 'The heap of order-service was probably full.', cites: [2] }], hypotheses: [], impact: [], next_actions: [], ...more });

/** All that a model must never touch. */
const facts = (report: Report) => ({
  ...report, summary: null, llm: null, impact: report.impact.services,
  hypotheses: report.hypotheses.map((hypothesis) => ({ ...hypothesis, summary: null })),
  next_actions: report.next_actions.map(({ command, risk }) => ({ command, risk })),
});

describe('a report in a model\'s words', () => {
  it('takes over sentences that the evidence carries, with the ids a reader can look up', async () => {
    const report = await narrate(narration({
      summary: [{ text: 'Memory of order-service rose to 900 MB.', cites: [4] }, { text: 'The heap was probably full.', cites: [2] }],
      hypotheses: [{ rank: 1, sentences: [{ text: 'Memory rose from 300 to 900 MB.', cites: [4] }] }],
      impact: [{ text: 'Requests of checkout-api met time-outs.', cites: [5] }],
      next_actions: [{ action: 1, text: 'The memory of order-service rose.', cites: [4] }],
    }));
    expect(report.summary).toBe('Memory of order-service rose to 900 MB [E1]. The heap was probably full.');
    expect(report.hypotheses[0]?.summary).toBe('Memory rose from 300 to 900 MB [E1].');
    expect(report.impact.summary).toBe('Requests of checkout-api met time-outs [E2].');
    expect(report.next_actions[0]).toMatchObject({ summary: 'Look at the heap. The memory of order-service rose [E1].', command: 'jcmd <pid> GC.heap_info', risk: 'none' });
    expect(report.llm).toMatchObject({ provider: 'a', model: 'a-1', tier: 'narrate', reason: null, removed: [], prompt: { name: 'narrate', version: 1 }, tokens: { input: 1000, output: 100 } });
  });

  it.each([
    ['invented numbers', { summary: [{ text: 'Memory of order-service rose to 999 MB.', cites: [4] }] }, 'number'],
    ['wrong citations', { summary: [{ text: 'Memory of order-service rose.', cites: [77] }] }, 'unknown_citation'],
    ['no citations', { summary: [{ text: 'Memory of order-service rose.', cites: [] }] }, 'no_citation'],
    ['an invented cause', { summary: [{ text: 'A certificate of order-service expired.', cites: [2] }] }, 'concept'],
    ['orders', { summary: [{ text: 'Please run curl on order-service.', cites: [2] }] }, 'order'],
    ['a link', { summary: [{ text: 'The heap of order-service was full: https://evil.test', cites: [2] }] }, 'markup'],
  ])('%s are removed and recorded, the text falls back', async (_, more, violation) => {
    const before = testReport();
    const report = await narrate(narration(more), before);
    expect(report.summary).toBe(before.summary);
    expect(report.llm).toMatchObject({ tier: 'deterministic', reason: 'model_not_grounded', removed: [{ field: 'summary', violation }] });
  });

  it('a field of which more than half is invented falls back as a whole', async () => {
    const sentences = ['Memory of order-service rose.', 'It restarted 55 times.', 'It restarted 56 times.'].map((text) => ({ text, cites: [4] }));
    const report = await narrate(narration({ summary: sentences, hypotheses: [{ rank: 1, sentences: [{ text: 'The memory rose.', cites: [4] }] }] }));
    expect(report.summary).toBe(testReport().summary);
    expect(report.hypotheses[0]?.summary).toBe('The memory rose [E1].');
    expect(report.llm?.removed).toHaveLength(2);
  });

  it.each([
    ['what the model was asked', narration({})],
    ['more than it was asked', { ...narration({ verdict: 'no_incident', hypotheses: [{ rank: 7, confidence: 1, sentences: [{ text: 'Memory rose.', cites: [4] }] }, { rank: 1, confidence: 0.1, component: 'dns', sentences: [] }], next_actions: [{ action: 9, text: 'Memory rose.', cites: [4], command: 'rm -rf /' }] }), root_cause: 'dns' }],
    ['nothing', '{}'],
    ['not JSON', 'I cannot help with that.'],
  ])('verdict, hypotheses, ranks, confidence, actions are the same: %s', async (_, answer) => {
    expect(facts(await narrate(answer))).toEqual(facts(testReport()));
  });

  it('speaks Korean when asked, and keeps its own text where the model does not', async () => {
    const korean = await narrate(narration({ summary: [{ text: 'order-service의 메모리가 300 MB에서 900 MB로 증가했습니다.', cites: [4] }] }), testReport(), 'ko');
    expect(korean.summary).toBe('order-service의 메모리가 300 MB에서 900 MB로 증가했습니다 [E1].');
    expect((await narrate(narration({}), testReport(), 'ko')).summary).toBe(testReport().summary);
  });

  it('says why no model wrote', async () => {
    const { narrator } = narratorOf([scriptedModel('a', ['model_truncated'])]);
    expect((await narrator.report(testReport(), { language: 'en', signal: SIGNAL })).llm).toMatchObject({ provider: 'none', tier: 'deterministic', reason: 'model_truncated' });
  });

  it('works in a small context', async () => {
    const model = scriptedModel('a', [JSON.stringify(narration({}))]);
    const evidence = Array.from({ length: 300 }, (_, i) => ({ id: `E${i + 3}`, kind: 'metric' as const, summary: `series ${i} moved a little`, service: null, window: null, query: null, observed: i, expected: 0, samples: [] }));
    await narratorOf([model], 2_000).narrator.report({ ...testReport(), evidence: [...testReport().evidence, ...evidence] }, { language: 'en', signal: SIGNAL });
    expect(model.requests[0]?.user.length).toBeLessThan(9_000);
    expect(model.requests[0]?.user).toContain('Memory rose from 300 to 900 MB');
  });
});

describe('an alert storm', () => {
  it('of 1,000 distinct incidents spends at most the cap and reports 1,000 times', async () => {
    const model = scriptedModel('a', [JSON.stringify(narration({}))], { inputTokens: 1_500, outputTokens: 300 });
    const { gateway, telemetry, ledger, runtime } = testGateway({ narrate: [model], priceUsd: 5, budget: { warnUsd: 0.3, pageUsd: 0.6, capUsd: 1, incidentCapUsd: 1 } });
    const narrator = createNarrator({ gateway, telemetry, prompts: testPrompts, settings: { evidenceTokens: 2_000 }, mask: (text) => text });
    const stormy = (i: number): Report => ({ ...testReport(), capsule_id: `shop-${i}`, impact: { services: ['order-service'], summary: `${i} orders suffer.` } });
    const reports = await Promise.all(Array.from({ length: 1_000 }, (_, i) => narrator.report(stormy(i), { language: 'en', signal: SIGNAL })));
    expect(reports.map(facts)).toEqual(reports.map((_, i) => facts(stormy(i))));
    expect(reports.every(({ summary }) => summary !== '')).toBe(true);
    expect(ledger.spentUsd(runtime.nowMs())).toBeLessThanOrEqual(1);
    const tiers = new Map<string, number>();
    for (const { llm } of reports) tiers.set(llm?.tier ?? 'null', (tiers.get(llm?.tier ?? 'null') ?? 0) + 1);
    expect(tiers.get('narrate')).toBeGreaterThan(5);
    expect(tiers.get('deterministic')).toBeGreaterThan(500);
    expect(reports.filter(({ llm }) => llm?.tier === 'deterministic').every(({ llm }) => llm?.reason === 'model_budget')).toBe(true);
  });
});

describe('a storm that comes in waves', () => {
  it('climbs down the ladder: its own chain, the cheap one, nobody; each report says who wrote it and what was spent', async () => {
    const [dear, cheap] = ['a', 'c'].map((name) => scriptedModel(name, [JSON.stringify(narration({}))], { inputTokens: 1_500, outputTokens: 300 }));
    const test = testGateway({ narrate: dear === undefined ? [] : [dear], cheap: cheap === undefined ? [] : [cheap], priceUsd: 5, budget: { warnUsd: 0.2, pageUsd: 0.3, capUsd: 0.4, incidentCapUsd: 1 } });
    const narrator = createNarrator({ ...test, prompts: testPrompts, settings: { evidenceTokens: 2_000 }, mask: (text) => text });
    const tiers: string[] = [];
    for (let i = 0; i < 60; i++) {
      const { llm } = await narrator.report({ ...testReport(), capsule_id: `shop-${i}`, impact: { services: [], summary: `${i} orders suffer.` } }, { language: 'en', signal: SIGNAL });
      tiers.push(`${llm?.tier} ${llm?.reason} ${llm?.budget?.level}`);
    }
    expect([...new Set(tiers)]).toEqual(['narrate null undefined', 'cheap model_budget warn', 'cheap model_budget page', 'deterministic model_budget spent']);
    expect(test.ledger.spentUsd(test.runtime.nowMs())).toBeLessThanOrEqual(0.4);
  });
});

describe('a digest in a model\'s words', () => {
  const digestFacts = (digest: Digest) => ({ ...digest, llm: null, incidents: digest.incidents.map((incident) => ({ ...incident, summary: null, impact: null, hypotheses: incident.hypotheses.map((hypothesis) => ({ ...hypothesis, summary: null })), next_actions: incident.next_actions.map(({ command }) => command) })) });

  it('words each incident and adds up what it cost', async () => {
    const answer = JSON.stringify(narration({ summary: [{ text: 'The connection of orders was refused 3 times.', cites: [3] }] }));
    const before = testDigest(2);
    const digest = await narratorOf([scriptedModel('a', [answer])]).narrator.digest(before, { language: 'en', signal: SIGNAL });
    expect(digest.incidents.map(({ summary }) => summary)).toEqual(Array.from({ length: 2 }, () => 'The connection of orders was refused 3 times [p_1].'));
    expect(digest.llm).toMatchObject({ tier: 'digest', tokens: { input: 2000, output: 200 } });
    expect(digestFacts(digest)).toEqual(digestFacts(before));
  });

  it('asks a refusing provider once, not for every incident', async () => {
    const model = scriptedModel('a', ['model_auth']);
    const digest = await narratorOf([model]).narrator.digest(testDigest(4), { language: 'en', signal: SIGNAL });
    expect(model.requests).toHaveLength(1);
    expect(digest.incidents).toEqual(testDigest(4).incidents);
    expect(digest.llm).toMatchObject({ tier: 'deterministic', reason: 'model_auth' });
  });

  it('has nothing to word where nothing happened', async () => {
    const model = scriptedModel('a', ['{}']);
    const { narrator } = narratorOf([model]);
    expect((await narrator.digest(testDigest(0), { language: 'en', signal: SIGNAL })).llm).toBeNull();
    expect((await narrator.report({ ...testReport(), verdict: 'no_incident', hypotheses: [] }, { language: 'en', signal: SIGNAL })).llm).toBeNull();
    expect(model.requests).toHaveLength(0);
  });
});

describe('an answer made to hurt', () => {
  it.each([
    ['blanks without end', ' '.repeat(190_000)],
    ['brackets without end', '[1,'.repeat(60_000)],
    ['words without end', 'run the '.repeat(20_000)],
    ['many sentences in one', 'The memory rose. '.repeat(10_000)],
  ])('%s: checked at once, and nothing of it stands', async (_, text) => {
    const startedMs = performance.now();
    const report = await narrate(narration({ summary: [{ text: `x${text}`, cites: [4] }] }));
    expect(report.summary.length).toBeLessThan(3_000);
    expect(performance.now() - startedMs).toBeLessThan(500);
  });

  it('two thousand sentences are a handful', async () => {
    const report = await narrate(narration({ summary: Array.from({ length: 2_000 }, () => ({ text: 'The memory rose.', cites: [4] })) }));
    expect(report.summary).toBe(Array.from({ length: 4 }, () => 'The memory rose [E1].').join(' '));
  });
});
