import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createLogEngine } from '../../signals/logs/engine.ts';
import { createMasker } from '../../signals/logs/mask/masker.ts';
import { fileRange, startHalfReader } from './half-reader.ts';
import { splitFile } from './split-file.ts';

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

describe('a file in two halves', () => {
  it('is cut where an event begins, and adds up to the file read in one go', async () => {
    const path = write('app.log', EVENTS.flat());
    const halves = splitFile(path);
    if (halves === null) throw new Error('the file should split (needs two processors)');
    const filter = { minLevel: 'INFO' } as const;
    const whole = createLogEngine({ ...filter, referenceMs: NOW, masker: createMasker() });
    const all = whole.open('app.log');
    for (const chunk of fileRange(path, 0, halves.end)) all.write(chunk);
    all.end();

    const second = startHalfReader({ path, name: 'app.log', start: halves.middle, end: halves.end, baseline: false, referenceMs: NOW, filter });
    const engine = createLogEngine({ ...filter, referenceMs: NOW, masker: createMasker() });
    const first = engine.open('app.log');
    for (const chunk of fileRange(path, 0, halves.middle)) first.write(chunk);
    first.end();
    engine.absorb(await second.state, first.lines);
    expect(engine.finish()).toEqual(whole.finish());
  });

  it.each([
    ['no event that could be told', Array.from({ length: 50 }, (_, i) => `just words ${i}`)],
    ['one endless line', ['x'.repeat(5_000)]],
  ])('is not cut with %s', (_name, lines) => {
    expect(splitFile(write('plain.log', lines))).toBeNull();
  });

  it('says so when the thread fails', async () => {
    const request = { path: join(folder, 'gone.log'), name: 'gone.log', start: 0, end: 10, baseline: false, referenceMs: NOW, filter: {} };
    await expect(startHalfReader(request).state).rejects.toThrow(/ENOENT/);
  });
});
