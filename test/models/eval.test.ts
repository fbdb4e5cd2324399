/** `faultline eval` as it compares models and prompts, and what `doctor` tells besides whether a model answers. */
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer, TEST_KEY } from './model-server.ts';
import { EXAMPLE, ROOT, runCli } from './run-cli.ts';

const GOOD = { text: 'The database link of order-service was lost.', cites: [1] };
const BAD = { text: 'Kafka lost 17 brokers.', cites: [1] };
const narration = (summary: readonly object[]) => ({ kind: 'answer' as const, text: JSON.stringify({ summary, hypotheses: [], impact: [], next_actions: [] }) });

let server: ModelServer;
let folder: string;
beforeEach(async () => {
  server = await startModelServer(({ path, text }) => {
    // The further apart two texts are in length, the less they point the same way.
    if (path.endsWith('/embeddings')) return { kind: 'vectors', vectors: (JSON.parse(text) as { readonly input: readonly string[] }).input.map((input) => [100, input.length]) };
    return text.includes('"model":"careless"') ? narration([GOOD, BAD]) : narration([GOOD]);
  });
  folder = mkdtempSync(join(tmpdir(), 'faultline-eval-'));
  writeFileSync(join(folder, 'key'), `${TEST_KEY}\n`);
  chmodSync(join(folder, 'key'), 0o644);
  writeFileSync(join(folder, 'faultline.yaml'), `models:
  providers: { house: { type: openai-compatible, base_url: "${server.url}/v1", api_key: "file:key" } }
  tiers: { digest: [house/careful], cheap: [house/careful] }
  embed: house/vectors
  prices: { careful: { input_usd: 10, output_usd: 10 } }
  folder: state
`);
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...args: readonly string[]) => runCli(args, { url: server.url, folder }, { FAULTLINE_LLM_MODEL: '' });

describe('eval', () => {
  it('compares models over cases, a row each, and sums them up', async () => {
    const { code, stdout } = await run('eval', EXAMPLE, EXAMPLE, '--model', 'house/careful', '--model', 'house/careless');
    expect(code).toBe(0);
    const rows = stdout.split('\n').map((line) => line.split(/ {2,}/));
    expect(rows.slice(1, 7).map(([name, model, valid, sentences, removed, left, cost]) => [name === EXAMPLE ? 'case' : name, model, valid, sentences, removed, left, cost])).toEqual([
      ['case', 'house/careful', 'yes', '1', '0', '0', '$0.0012'], ['case', 'house/careful', 'yes', '1', '0', '0', '$0.0012'],
      ['case', 'house/careless', 'yes', '2', '1', '0', '$0.00'], ['case', 'house/careless', 'yes', '2', '1', '0', '$0.00'],
      ['all 2', 'house/careful', '100 %', '2', '0 %', '0 %', '$0.0024'], ['all 2', 'house/careless', '100 %', '4', '50 %', '0 %', '$0.00'],
    ]);
    expect(Number(rows[1]?.at(-1))).toBeGreaterThan(0);
    expect(Number(rows[1]?.at(-1))).toBeLessThanOrEqual(1);
    // One wording and one text of its own, each embedded once for all four rows.
    expect(server.requests.filter(({ path }) => path.endsWith('/embeddings'))).toHaveLength(1);
  });

  it('takes prompts of one\'s own, and says which', async () => {
    const prompts = join(folder, 'prompts');
    cpSync(join(ROOT, 'prompts'), prompts, { recursive: true });
    writeFileSync(join(prompts, 'digest/prompt.md'), readFileSync(join(prompts, 'digest/prompt.md'), 'utf8').replace('version: 1', 'version: 7').replace('# system\n', '# system\nBe kind.\n'));
    const { stdout } = await run('eval', EXAMPLE, '--json', '--prompts', prompts);
    expect(JSON.parse(stdout)).toMatchObject([{ prompt: expect.stringMatching(/^digest@7 [0-9a-f]{16}$/), model: 'house/careful', closeness: expect.any(Number) }]);
    expect(server.requests[0]?.text).toContain('Be kind.');
  });

  it.each([
    [['eval', '/nowhere'], 3, 'there is no /nowhere'],
    [['eval', EXAMPLE, '--model', 'careful'], 2, 'PROVIDER/MODEL'],
    [['eval', EXAMPLE, '--model', 'ghost/careful'], 2, 'no provider "ghost"'],
    [['eval', EXAMPLE, '--prompts', '/nowhere'], 2, '/nowhere'],
  ])('%j ends with %i and says why', async (args, expected, why) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout, stderr]).toEqual([expected, '', expect.stringContaining(why)]);
  });
});

describe('doctor', () => {
  it('tells of embeddings, open key files, what was spent and on what', async () => {
    await run('eval', EXAMPLE);
    const { code, stdout } = await run('doctor');
    expect(code).toBe(0);
    expect(stdout).toContain('ok    house/vectors: works,');
    expect(stdout).toMatch(/house\/vectors: works, \d+ ms, 2 dimensions/);
    if (process.platform !== 'win32') expect(stdout).toContain(`warn  others on this machine can read ${join(folder, 'key')} (mode 644), which holds a key: chmod 600`);
    expect(stdout).toMatch(/spent today: \$0\.0024, of at most \$30\.00\n {6}cheap: \$0\.0012, 1 call, 120 tokens\n {6}digest: \$0\.0012, 1 call, 120 tokens\n {6}embed: \$0\.00, 2 calls, 14 tokens\n/);
    expect(stdout).not.toContain(TEST_KEY);
  });

  it('speaks Korean', async () => {
    await server.close();
    server = await startModelServer(() => ({ kind: 'status', status: 401, message: 'no' }));
    writeFileSync(join(folder, 'faultline.yaml'), `models: { providers: { house: { type: openai-compatible, base_url: "${server.url}/v1" } }, tiers: { digest: [house/m] } }\n`);
    const { code, stdout } = await run('doctor', '--lang', 'ko');
    expect([code, stdout]).toEqual([3, expect.stringContaining('FAIL  house/m: 모델의 키가 거부되었습니다 (model_auth)')]);
    expect(stdout).toContain('이 제공자의 키와 권한을 확인하세요.');
  });
});
