/** One of several processes that share a folder: asks as often as it is told, prints what became of it. */
import { setTimeout as delay } from 'node:timers/promises';
import { fileLedger } from '../../src/models/cost/file-ledger.ts';
import { createNarrator } from '../../src/models/narrate/narrator.ts';
import { testReport } from '../../src/models/narrate/narrator.fixture.ts';
import { scriptedModel, testGateway, testPrompts } from '../../src/models/testing.ts';

const [folder = '', name = '', times = '0'] = process.argv.slice(2);

const answer = JSON.stringify({ summary: [{ text: 'The heap of order-service was probably full.', cites: [2] }], hypotheses: [], impact: [], next_actions: [] });
const scripted = scriptedModel('a', [answer], { inputTokens: 3_500, outputTokens: 1_150 });
const model: typeof scripted = { ...scripted, complete: async (request, options) => {
  await delay(Math.random() * 4);
  return scripted.complete(request, options);
} };
const { gateway, telemetry } = testGateway({ narrate: [model], priceUsd: 5, budget: { warnUsd: 1, pageUsd: 1, capUsd: 1, incidentCapUsd: 1 }, ledger: fileLedger(folder) });
const narrator = createNarrator({ gateway, telemetry, prompts: testPrompts, settings: { evidenceTokens: 2_000 }, mask: (text) => text });
const base = testReport();
const reports = await Promise.all(Array.from({ length: Number(times) }, (_, i) =>
  narrator.report({ ...base, capsule_id: `${name}-${i}`, impact: { ...base.impact, summary: `${name} ${i} orders suffer.` } }, { language: 'en', signal: new AbortController().signal })));
process.stdout.write(JSON.stringify({ reports: reports.length, worded: reports.filter(({ llm }) => llm?.tier === 'narrate').length, budget: reports.filter(({ llm }) => llm?.reason === 'model_budget').length }));
