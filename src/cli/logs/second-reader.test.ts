import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { LogSummary } from '../../domain/log-summary.ts';
import { createLogEngine, type LogEngine } from '../../signals/logs/engine.ts';
import { createMasker } from '../../signals/logs/mask/masker.ts';
import { readPart, startSecondReader } from './second-reader.ts';
import type { InputFile } from '../input/expand-paths.ts';
import { type InputSplit, splitInput } from './split-input.ts';

const folder = mkdtempSync(join(tmpdir(), 'faultline-half-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOW = Date.UTC(2026, 1, 1);
const write = (name: string, lines: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return path;
};

const EVENTS = Array.from({ length: 400 }, (_, i) => {
  const at = new Date(NOW - 4_000_000 + i * 1_700).toISOString();
  const line = `${at} ${i % 9 === 0 ? 'ERROR' : 'INFO'} [cart] item ${i} ${i % 2 === 0 ? 'added to' : 'taken from'} basket ${i % 7}`;
  return i % 9 === 0 ? [line, 'java.lang.IllegalStateException: basket is closed', '\tat com.acme.Basket.add(Basket.java:12)'] : [line];
});

const inputs = (...paths: string[]) => paths.map((path) => ({ path, name: basename(path), explicit: true }));
const request = { parts: [], baseline: false, nowMs: NOW, rules: null, filter: { minLevel: 'INFO' } } as const;
const newEngine = (): LogEngine => createLogEngine({ ...request.filter, referenceMs: NOW, masker: createMasker() });

/** What one thread finds, and what two find. */
const byOneAndTwo = async (files: readonly InputFile[], split: InputSplit): Promise<readonly LogSummary[]> => {
  const one = newEngine();
  for (const { path, name } of files) readPart({ path, name, start: 0, end: statSync(path).size }, one, request).end();
  const second = startSecondReader({ ...request, parts: split.parts });
  const two = newEngine();
  const [border] = split.parts;
  if (border === undefined) throw new Error('the second thread should read something');
  let lines = 0;
  for (const { path, name } of files) {
    const end = path === border.path ? border.start : split.parts.some((part) => part.path === path) ? 0 : statSync(path).size;
    if (end === 0) continue;
    const sink = readPart({ path, name, start: 0, end }, two, request);
    sink.end();
    if (path === border.path) ({ lines } = sink);
  }
  two.absorb(await second.state, { stream: border.name, lines });
  const sorted = (summary: LogSummary): LogSummary => ({ ...summary, streams: [...summary.streams].sort((a, b) => (a.name < b.name ? -1 : 1)) });
  return [sorted(one.finish()), sorted(two.finish())];
};

describe('input in two halves', () => {
  it('is cut where an event begins, and adds up to what one thread reads', async () => {
    const files = inputs(write('app.log', EVENTS.flat()));
    const split = splitInput(files, 1_000);
    if (split === null) throw new Error('the file should split (needs two processors)');
    expect(split.parts[0]?.start).toBe(split.leftBytes);
    const [one, two] = await byOneAndTwo(files, split);
    expect(two).toEqual(one);
  });

  it('may be many files', async () => {
    const files = inputs(...[0, 1, 2, 3].map((n) => write(`part-${n}.log`, EVENTS.slice(n * 100, n * 100 + 100).flat())));
    const split = splitInput(files, 1_000);
    if (split === null) throw new Error('the files should split (needs two processors)');
    expect(split.parts.length).toBeGreaterThan(1);
    const [one, two] = await byOneAndTwo(files, split);
    expect(two).toEqual(one);
  });

  it.each([
    ['no event that could be told', Array.from({ length: 50 }, (_, i) => `just words ${i}`)],
    ['one endless line', ['x'.repeat(5_000)]],
  ])('goes to one thread where it is one file with %s', (_name, lines) => {
    expect(splitInput(inputs(write('plain.log', lines)), 10)).toBeNull();
  });

  it('is masked by the rules of the user in both', async () => {
    const path = write('badge.log', EVENTS.flat().map((line) => `${line} badge KX-${'QZRT'.repeat(2)}`));
    const state = await startSecondReader({ ...request, rules: '- {name: badge, pattern: "KX-[A-Z]+"}', parts: [{ path, name: 'badge.log', start: 0, end: statSync(path).size }] }).state;
    const engine = createLogEngine({ referenceMs: NOW, masker: createMasker() });
    engine.absorb(state);
    expect(engine.finish().patterns.map(({ template }) => template).join('\n')).not.toContain('QZRT');
  });

  it('says so when the thread fails', async () => {
    const gone = { path: join(folder, 'gone.log'), name: 'gone.log', start: 0, end: 10 };
    await expect(startSecondReader({ ...request, parts: [gone] }).state).rejects.toThrow(/ENOENT/);
  });
});
