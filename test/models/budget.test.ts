/** Who hears of the money, and that the ladder goes down, as a user sees it. */
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ModelServer, startModelServer, TEST_KEY } from './model-server.ts';
import { EXAMPLE, runCli } from './run-cli.ts';

const SENTENCE = { text: 'The database link of order-service was lost.', cites: [1] };

interface Told {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

let server: ModelServer;
let hooks: Server;
let told: Told[];
let status: number;
let folder: string;
beforeEach(async () => {
  // Half a million tokens at a dollar a million: 0.5 USD a call.
  server = await startModelServer(() => ({ kind: 'answer', text: JSON.stringify({ summary: [SENTENCE], hypotheses: [], impact: [], next_actions: [] }), inputTokens: 500_000, outputTokens: 0 }));
  told = [];
  status = 204;
  hooks = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      told.push({ path: request.url ?? '', body: JSON.parse(text) as Told['body'] });
      response.writeHead(status).end();
    });
  });
  hooks.listen(0, '127.0.0.1');
  await once(hooks, 'listening');
  folder = mkdtempSync(join(tmpdir(), 'faultline-budget-'));
  const at = `http://127.0.0.1:${(hooks.address() as AddressInfo).port}`;
  writeFileSync(join(folder, 'faultline.yaml'), `models:
  providers:
    house: { type: openai-compatible, base_url: "${server.url}/v1", api_key: "env:HOUSE_KEY" }
  tiers: { digest: [house/dear], cheap: [house/small] }
  prices: { dear: { input_usd: 1, output_usd: 1 }, small: { input_usd: 1, output_usd: 1 } }
  budget: { warn_usd: 0.5, page_usd: 1, cap_usd: 1.5, incident_cap_usd: 9, warn_webhook: "${at}/warn", page_webhook: "env:PAGER" }
  cache_hours: 0
  folder: state
`);
});
afterEach(async () => {
  await server.close();
  hooks.closeAllConnections();
  hooks.close();
  rmSync(folder, { recursive: true, force: true });
});

const analyze = async (language = 'en') => {
  const { stdout, stderr, code } = await runCli(['analyze', EXAMPLE, '--llm', '--json', '--lang', language], { url: server.url, folder }, { FAULTLINE_LLM_MODEL: '', HOUSE_KEY: TEST_KEY, PAGER: `http://127.0.0.1:${(hooks.address() as AddressInfo).port}/page?key=made-up-hook-secret` });
  const { llm } = JSON.parse(stdout) as { readonly llm: { readonly tier: string; readonly reason: string | null; readonly budget?: object } };
  return { code, stderr, llm };
};

it('under the warning nothing is told; past it a channel hears, then somebody is paged, then nobody is asked; each once a day', async () => {
  expect(await analyze()).toMatchObject({ code: 0, llm: { tier: 'digest', reason: null } });
  expect(told.map(({ path, body }) => [path, body['level'], body['limit_usd']])).toEqual([['/warn', 'warn', 0.5]]);
  const second = await analyze();
  expect(second).toMatchObject({ llm: { tier: 'cheap', model: 'small', reason: 'model_budget', budget: { level: 'warn', spent_usd: 0.5, cap_usd: 1.5 } } });
  expect(second.stderr).toContain('$0.50 of $1.50 for language models is spent; the cheap tier is asked first');
  expect(await analyze()).toMatchObject({ llm: { tier: 'cheap', budget: { level: 'page', spent_usd: 1 } } });
  const last = await analyze();
  expect(last).toMatchObject({ code: 0, llm: { tier: 'deterministic', reason: 'model_budget', budget: { level: 'spent', spent_usd: 1.5, cap_usd: 1.5 } } });
  expect(last.stderr).toContain('$1.50 of $1.50');
  expect(server.requests).toHaveLength(3);
  expect(told.map(({ path, body }) => [path, body['level'], body['limit_usd'], body['schema']])).toEqual([
    ['/warn', 'warn', 0.5, 'faultline.budget-notice/1'], ['/page?key=made-up-hook-secret', 'page', 1, 'faultline.budget-notice/1'], ['/page?key=made-up-hook-secret', 'spent', 1.5, 'faultline.budget-notice/1'],
  ]);
  expect(told[2]?.body['text']).toMatch(/^Faultline spent \$1\.50 on language models on \d{4}-\d\d-\d\d \(UTC\); the cap of \$1\.50 is reached/);
  expect(readdirSync(join(folder, 'state')).sort()).toEqual(['cache', 'notices', 'spend']);
});

it('what could not be delivered is said, without the address', async () => {
  status = 500;
  const { code, stderr } = await analyze();
  expect([code, stderr]).toEqual([0, expect.stringContaining('nobody was told of the budget: the webhook of the budget answered 500')]);
  status = 204;
  expect((await analyze('ko')).stderr).not.toContain('made-up-hook-secret');
  expect(told.map(({ body }) => body['level'])).toEqual(['warn', 'page']);
  expect(told[1]?.body['text']).toContain('호출 기준 $1.00');
});

it('a folder that cannot be written is said, not crashed on', async () => {
  writeFileSync(join(folder, 'state'), '');
  const { code, stderr } = await runCli(['analyze', EXAMPLE, '--llm'], { url: server.url, folder }, { FAULTLINE_LLM_MODEL: '', HOUSE_KEY: TEST_KEY, PAGER: 'http://127.0.0.1:1/' });
  expect([code, stderr]).toEqual([2, expect.stringContaining('cannot write to')]);
});
