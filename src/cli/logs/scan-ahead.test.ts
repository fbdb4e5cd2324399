import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { LogSummary } from '../../domain/log-summary.ts';
import { createLogEngine } from '../../signals/logs/engine.ts';
import { createMasker } from '../../signals/logs/mask/masker.ts';
import type { InputFile } from '../input/expand-paths.ts';
import { readInput } from '../input/read-input.ts';
import { wordsFor } from '../words/words.ts';
import { ScanAhead, type ScanEnd } from './scan-ahead.ts';

const folder = mkdtempSync(join(tmpdir(), 'faultline-ahead-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOW = Date.UTC(2026, 1, 1);
const file = (name: string, content: string | Uint8Array): InputFile => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return { path, name: basename(path), explicit: true };
};

const event = (i: number): string => {
  const line = `${new Date(NOW - 4_000_000 + i * 1_700).toISOString()} ${i % 9 === 0 ? 'ERROR' : 'INFO'} [cart] item ${i} ${i % 2 === 0 ? 'added to' : 'taken from'} basket ${i % 7}`;
  return i % 9 === 0 ? `${line}\njava.lang.IllegalStateException: basket is closed\n\tat com.acme.Basket.add(Basket.java:12)` : line;
};
const events = (count: number): string => Array.from({ length: count }, (_, i) => `${event(i)}\n`).join('');
const docker = (text: string): string =>
  text.split('\n').filter((line) => line !== '').map((line, i) => `${JSON.stringify({ log: `${line}\n`, stream: i % 3 === 0 ? 'stderr' : 'stdout', time: new Date(NOW + i).toISOString() })}\n`).join('');

const newEngine = (ahead?: ScanAhead) => createLogEngine({ referenceMs: NOW, masker: createMasker(), ...(ahead === undefined ? {} : { scanner: ahead.scanner }) });

const byOneThread = async (files: readonly InputFile[]): Promise<LogSummary> => {
  const engine = newEngine();
  for (const one of files) {
    const sink = engine.open(one.name);
    await readInput(one, { stdin: process.stdin, words: wordsFor('en'), onText: (bytes) => sink.write(bytes) });
    sink.end();
  }
  return engine.finish();
};

const byTwoThreads = async (files: readonly InputFile[]): Promise<{ readonly summary: LogSummary; readonly ends: readonly ScanEnd[]; readonly stored: number }> => {
  const ahead = new ScanAhead(files, 'en');
  const engine = newEngine(ahead);
  const ends: ScanEnd[] = [];
  let stored = 0;
  try {
    for (const one of files) {
      const sink = engine.open(one.name);
      ends.push(await ahead.file({ onBlock: (block) => sink.take(block), onProgress: (bytes) => (stored += bytes) }));
      sink.end();
    }
  } finally {
    await ahead.close();
  }
  return { summary: engine.finish(), ends, stored };
};

describe('a second thread that scans ahead', () => {
  it.each([
    ['events with traces, more than the blocks that go round', events(30_000)],
    ['lines so short that a block has no rows for them', 'a\n\nb\n'.repeat(20_000)],
    ['lines longer than may be read', `${event(1)}\n${'long '.repeat(120_000)}\n${event(2)}\n${'x'.repeat(300_000)}\r\n${event(3)}\n`],
    ['Docker records', docker(events(4_000))],
    ['container lines in parts', Array.from({ length: 4_000 }, (_, i) => `2026-01-31T05:00:00.${String(i).padStart(9, '0')}Z std${i % 5 === 0 ? 'err' : 'out'} ${i % 3 === 0 ? 'P' : 'F'} ${event(i).split('\n')[0]}\n`).join('')],
    ['bytes that are no text', Buffer.from(Uint8Array.from({ length: 200_000 }, (_, i) => (i * 2_654_435_761) >>> (i % 13)))],
    ['no line feed at the end', `${events(100)}${event(8)}`],
    ['nothing', ''],
  ])('finds what one thread finds: %s', async (name, content) => {
    const files = [file(`${name.length}.log`, content)];
    const { summary, ends } = await byTwoThreads(files);
    expect(ends.map(({ outcome }) => outcome)).toEqual(['read']);
    expect(summary).toEqual(await byOneThread(files));
  });

  it('reads several files, compressed or not, and says how each ended', async () => {
    const packed = gzipSync(events(3_000));
    const files = [file('a.log', events(2_000)), file('b.log.gz', packed), { path: join(folder, 'gone.log'), name: 'gone.log', explicit: true }, file('c.log.gz', packed.subarray(0, 9_000)), file('d.log', events(50))];
    const { summary, ends, stored } = await byTwoThreads(files);
    expect(ends.map(({ outcome }) => outcome)).toEqual(['read', 'read', 'unreadable', 'unreadable', 'read']);
    expect(ends.flatMap((end) => ('gaps' in end ? end.gaps : []))).toEqual([expect.stringContaining('gone.log'), expect.stringContaining('c.log.gz')]);
    expect(summary).toEqual(await byOneThread(files));
    expect(stored).toBe(Buffer.byteLength(events(2_000)) + packed.length + 9_000 + Buffer.byteLength(events(50)));
  });

  it('says how far it came where it fails, so that the first reads the rest', async () => {
    const content = Buffer.from(events(30_000));
    const whole = file('fails.log', content);
    const entry = join(folder, 'failing-thread.mjs');
    const moduleAt = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
    writeFileSync(
      entry,
      `import { readFileSync } from 'node:fs';
      import { workerData } from 'node:worker_threads';
      import { BlockScanner } from ${moduleAt('../../signals/logs/block-scanner.ts')};
      import { JSON_KEYS } from ${moduleAt('../../signals/logs/json-keys.ts')};
      import { LineScanner } from ${moduleAt('../../signals/logs/line-scanner.ts')};
      import { RingWriter } from ${moduleAt('./scan-ring.ts')};
      const scanner = new LineScanner(JSON_KEYS, workerData.shared);
      new BlockScanner(scanner, new RingWriter(workerData.control, scanner)).write(readFileSync(workerData.files[0].path).subarray(0, 1_234_567));
      throw new Error('out of luck');`,
    );
    const ahead = new ScanAhead([whole], 'en', pathToFileURL(entry));
    const engine = newEngine(ahead);
    const sink = engine.open(whole.name);
    try {
      const end = await ahead.file({ onBlock: (block) => sink.take(block), onProgress: () => {} });
      if (end.outcome !== 'failed') throw new Error('the thread should have failed');
      expect(end.textBytes).toBeGreaterThan(1_200_000);
      sink.write(content.subarray(end.textBytes));
    } finally {
      await ahead.close();
    }
    sink.end();
    expect(engine.finish()).toEqual(await byOneThread([whole]));
  });
});
