/** Secrets that were planted in logs never leave: not through the engine, not through a caller that forgot to mask. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNarrator } from '../../src/models/narrate/narrator.ts';
import { testReport } from '../../src/models/narrate/narrator.fixture.ts';
import { scriptedModel, testGateway, testPrompts } from '../../src/models/testing.ts';
import { createMasker } from '../../src/signals/logs/mask/masker.ts';
import { type ModelServer, startModelServer } from './model-server.ts';
import { plantedLines } from './planted-secrets.ts';
import { runCli } from './run-cli.ts';

const LINES = plantedLines(10_000);
const leaksIn = (text: string): readonly string[] => LINES.filter(({ secret }) => text.includes(secret)).map((line) => line.text);

/** Says one thing that the evidence carries, so that there is a wording to judge and to embed. */
const wordingOf = (request: string): string => {
  const time = /from (\d{4}-\d\d-\d\dT[\d:.]+Z) to/.exec(request)?.[1] ?? '';
  return JSON.stringify({ summary: [{ text: `The incident began at ${time}.`, cites: [1] }], hypotheses: [], impact: [], next_actions: [] });
};

let server: ModelServer;
let folder: string;
beforeAll(async () => {
  server = await startModelServer(({ path, text }) => (path.endsWith('/embeddings') ? { kind: 'vectors', vectors: [[1, 2], [2, 1]] } : { kind: 'answer', text: wordingOf(text) }));
  folder = mkdtempSync(join(tmpdir(), 'faultline-canary-'));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('10,000 lines with planted secrets', () => {
  it('would be seen if they left', () => {
    expect(leaksIn(LINES.map(({ text }) => text).join('\n'))).toHaveLength(LINES.length);
  });

  it('as lines of a log: none in any request', async () => {
    const start = Date.UTC(2026, 2, 12, 14);
    writeFileSync(join(folder, 'app.log'), LINES.map(({ text }, i) => `${new Date(start + i * 200).toISOString()} ${i > 5_000 ? 'ERROR' : 'INFO'} [shop] ${text}`).join('\n'));
    const { code } = await runCli(['analyze', join(folder, 'app.log'), '--llm', '--json'], { url: server.url, folder });
    expect(code).toBe(0);
    expect(server.requests.length).toBeGreaterThan(0);
    expect(leaksIn(server.requests.map(({ text }) => text).join('\n'))).toEqual([]);
  });

  it('as lines of a log that is evaluated, with embeddings: none in any request', async () => {
    server.requests.length = 0;
    writeFileSync(join(folder, 'faultline.yaml'), `models:
  providers: { house: { type: openai-compatible, base_url: "${server.url}/v1" } }
  tiers: { narrate: [house/m] }
  judge: house/judge
  embed: house/embed
`);
    const { code } = await runCli(['eval', join(folder, 'app.log'), '--json'], { url: server.url, folder });
    expect(code).toBe(0);
    expect(new Set(server.requests.map(({ path, text }) => `${path} ${/"model":"(\w+)"/.exec(text)?.[1]}`))).toEqual(new Set(['/v1/chat/completions m', '/v1/chat/completions judge', '/v1/embeddings embed']));
    expect(leaksIn(server.requests.map(({ text }) => text).join('\n'))).toEqual([]);
  });

  /** Every line as evidence, 100 a report; what was sent. */
  const sentFor = async (lines: typeof LINES, mask: (text: string) => string): Promise<string> => {
    const model = scriptedModel('a', ['{}']);
    const { gateway, telemetry } = testGateway({ narrate: [model] });
    const narrator = createNarrator({ gateway, telemetry, prompts: testPrompts, settings: { evidenceTokens: 20_000 }, mask });
    const base = testReport();
    for (let at = 0; at < lines.length; at += 100) {
      const evidence = lines.slice(at, at + 100).map(({ text }, i) => ({ id: `E${i + 3}`, kind: 'log_pattern' as const, summary: text, service: null, window: null, query: null, observed: 1, expected: 0, samples: [text] }));
      await narrator.report({ ...base, capsule_id: `c${at}`, evidence: [...base.evidence, ...evidence] }, { language: 'en', signal: new AbortController().signal });
    }
    return model.requests.map(({ system, user }) => system + user).join('\n');
  };

  it('as raw evidence of a careless caller: none in any request', async () => {
    expect(leaksIn(await sentFor(LINES, createMasker().mask))).toEqual([]);
  });

  it('without the masker they would have left', async () => {
    expect(leaksIn(await sentFor(LINES.slice(0, 500), (text) => text)).length).toBeGreaterThan(100);
  });
});
