/** `faultline analyze --llm`, `doctor` and `eval` as a user runs them, against a server on 127.0.0.1. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ModelServer, type Reply, startModelServer, TEST_KEY } from './model-server.ts';
import { EXAMPLE, runCli } from './run-cli.ts';

let server: ModelServer;
let folder: string;
let reply: (text: string, number: number) => Reply;
beforeEach(async () => {
  server = await startModelServer(({ text }, number) => reply(text, number));
  folder = mkdtempSync(join(tmpdir(), 'faultline-models-'));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) => runCli(args, { url: server.url, folder }, environment);

const narration = (summary: readonly object[]) => ({ kind: 'answer' as const, text: JSON.stringify({ summary, hypotheses: [], impact: [], next_actions: [] }) });
const GOOD = { text: 'The database link of order-service was lost.', cites: [1] };
const BAD = { text: 'Kafka lost 17 brokers.', cites: [1] };

interface Parsed {
  readonly llm: { readonly tier: string; readonly reason: string | null; readonly removed?: readonly object[] } | null;
  readonly incidents: readonly { readonly summary: string }[];
}
const parsed = (text: string): Parsed => JSON.parse(text) as Parsed;

/** Everything but prose, times and the note. */
const facts = (text: string): unknown => JSON.parse(text, (key, value: unknown) => (['summary', 'impact', 'llm', 'timings_ms'].includes(key) ? null : value));

describe('analyze --llm', () => {
  it('words the digest, removes what the evidence does not carry, changes nothing else', async () => {
    reply = () => narration([GOOD, GOOD, BAD]);
    const [plain, worded] = [await run(['analyze', EXAMPLE, '--json']), await run(['analyze', EXAMPLE, '--json', '--llm'])];
    expect(worded.code).toBe(0);
    expect(facts(worded.stdout)).toEqual(facts(plain.stdout));
    expect(parsed(worded.stdout).incidents[0]?.summary).toBe(`${GOOD.text} ${GOOD.text}`);
    expect(parsed(worded.stdout).llm).toMatchObject({ tier: 'digest', removed: [{ field: 'I1 summary', violation: 'number', detail: '17' }], incidents: [{ id: 'I1', tier: 'digest', reason: null }] });
    expect(worded.stderr).toContain('worded by default/m');
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${TEST_KEY}`);
    expect(worded.stdout + worded.stderr).not.toContain(TEST_KEY);
  });

  it.each<[string, Reply, string]>([
    ['a refused key', { kind: 'status', status: 401, message: `bad key ${TEST_KEY}` }, 'model_auth'],
    ['an answer that was cut off', { kind: 'truncated', text: '{"summary":[' }, 'model_truncated'],
    ['a refusal', { kind: 'refused' }, 'model_refused'],
    ['prose instead of JSON, twice', { kind: 'answer', text: 'I would rather not.' }, 'model_invalid_output'],
    ['invented numbers', narration([BAD]), 'model_not_grounded'],
    ['wrong citations', narration([{ ...GOOD, cites: [99] }]), 'model_not_grounded'],
    ['orders from the logs', narration([{ text: 'Please run curl on order-service.', cites: [1] }]), 'model_not_grounded'],
  ])('%s: the same diagnosis in Faultline\'s own words', async (_, answer, reason) => {
    reply = () => answer;
    const worded = await run(['analyze', EXAMPLE, '--json', '--llm']);
    const plain = await run(['analyze', EXAMPLE, '--json']);
    expect(worded.code).toBe(0);
    expect(parsed(worded.stdout).incidents).toEqual(parsed(plain.stdout).incidents);
    expect(parsed(worded.stdout).llm).toMatchObject({ tier: 'deterministic', reason });
    expect(worded.stdout + worded.stderr).not.toContain(TEST_KEY);
  });

  it('an answer that ignores the schema is repaired once', async () => {
    reply = (_, number) => (number === 0 ? { kind: 'answer', text: `{"text":"${GOOD.text}"}` } : narration([GOOD]));
    expect(parsed((await run(['analyze', EXAMPLE, '--json', '--llm'])).stdout).llm?.tier).toBe('digest');
    expect(server.requests[1]?.text).toContain('answer');
  });

  it('speaks Korean', async () => {
    reply = () => narration([{ text: 'order-service의 데이터베이스 연결이 끊겼습니다.', cites: [1] }]);
    const { stdout } = await run(['analyze', EXAMPLE, '--json', '--llm', '--lang', 'ko']);
    expect(parsed(stdout).incidents[0]?.summary).toContain('데이터베이스 연결이 끊겼습니다');
    expect(server.requests[0]?.text).toContain('Korean');
  });

  it('reads faultline.yaml: a chain falls back, cache and spending are kept', async () => {
    reply = (text) => (text.includes('"model":"first"') ? { kind: 'status', status: 404 } : narration([GOOD]));
    writeFileSync(join(folder, 'faultline.yaml'), `models:
  providers:
    house: { type: openai-compatible, base_url: "${server.url}/v1", api_key: "env:HOUSE_KEY" }
  tiers: { digest: [house/first, house/second] }
  prices: { second: { input_usd: 10, output_usd: 10 } }
  folder: state
`);
    const environment = { FAULTLINE_LLM_MODEL: '', HOUSE_KEY: TEST_KEY };
    expect(parsed((await run(['analyze', EXAMPLE, '--json', '--llm'], environment)).stdout).llm).toMatchObject({ tier: 'digest', model: 'second', reason: 'model_bad_request', cost_usd: 0.0012 });
    const requests = server.requests.length;
    expect(parsed((await run(['analyze', EXAMPLE, '--json', '--llm'], environment)).stdout).llm).toMatchObject({ tier: 'cache', cost_usd: 0 });
    expect(server.requests).toHaveLength(requests);
    expect(readdirSync(join(folder, 'state')).sort()).toEqual(['cache', 'spend']);
  });

  it('says what to set where nothing is configured', async () => {
    const { code, stderr } = await run(['analyze', EXAMPLE, '--llm'], { FAULTLINE_LLM_MODEL: '' });
    expect([code, stderr]).toEqual([2, expect.stringContaining('FAULTLINE_LLM_BASE_URL')]);
  });
});

describe('doctor', () => {
  it('says what works', async () => {
    reply = () => ({ kind: 'truncated', text: 'ok' });
    const { code, stdout } = await run(['doctor']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^ok {4}default\/m: works/)]);
    expect(server.requests[0]?.text).toContain('"max_tokens":1');
  });

  it('says what does not, and what to do', async () => {
    reply = () => ({ kind: 'status', status: 401, message: `bad ${TEST_KEY}` });
    const { code, stdout, stderr } = await run(['doctor']);
    expect([code, stdout]).toEqual([3, expect.stringMatching(/FAIL {2}default\/m: the key of the model was refused \(model_auth\)\n {4}the server answered 401.*\n {4}Check the key/)]);
    expect(stdout + stderr).not.toContain(TEST_KEY);
  });
});

describe('eval', () => {
  it('prints a table with violations before and after checking', async () => {
    reply = () => narration([GOOD, GOOD, BAD]);
    const { code, stdout } = await run(['eval', EXAMPLE, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ model: 'default/m', valid: true, sentences: 3, removed: 1, left: 0, prompt: expect.stringMatching(/^digest@1 [0-9a-f]{16}$/) }]);
    expect((await run(['eval', EXAMPLE])).stdout).toMatch(/^case +model +valid +sentences +removed +left +cost +latency +score +closeness\n/);
  });

  it('has a judge score what stands, by a rubric', async () => {
    reply = (text) => (text.includes('"model":"judge"') ? { kind: 'answer', text: '{"faithful":4,"complete":2,"clear":3,"short":4}' } : narration([GOOD, GOOD, BAD]));
    writeFileSync(join(folder, 'faultline.yaml'), `models:
  providers:
    house: { type: openai-compatible, base_url: "${server.url}/v1" }
  tiers: { narrate: [house/first] }
  judge: house/judge
`);
    const { stdout } = await run(['eval', EXAMPLE, '--json', '--model', 'house/second'], { FAULTLINE_LLM_MODEL: '' });
    expect(JSON.parse(stdout)).toMatchObject([{ model: 'house/second', score: 13 }]);
    const [asked, scored] = server.requests.map(({ text }) => text);
    expect(asked).toContain('"model":"second"');
    expect(scored).toContain(GOOD.text);
    expect(scored).not.toContain(BAD.text);
  });

  it('counts an answer outside the schema as invalid, and goes on', async () => {
    reply = () => ({ kind: 'answer', text: 'no JSON' });
    const { code, stdout } = await run(['eval', EXAMPLE, EXAMPLE, '--json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([0, [{ valid: false, error: 'model_invalid_output' }, { valid: false }]]);
  });
});
