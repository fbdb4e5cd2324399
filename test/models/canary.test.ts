/** Secrets that were planted in logs never leave: not through the engine, not through a caller that forgot to mask. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
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

const LINES = plantedLines(10_000);
const leaksIn = (text: string): readonly string[] => LINES.filter(({ secret }) => text.includes(secret)).map((line) => line.text);

let server: ModelServer;
let folder: string;
beforeAll(async () => {
  server = await startModelServer(() => ({ kind: 'answer', text: '{}' }));
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
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/main.ts'), 'analyze', join(folder, 'app.log'), '--llm', '--json'], {
      env: { PATH: process.env['PATH'], FAULTLINE_LLM_MODEL: 'm', FAULTLINE_LLM_BASE_URL: `${server.url}/v1`, FAULTLINE_LLM_API_KEY: 'made-up' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
    expect(server.requests.length).toBeGreaterThan(0);
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
