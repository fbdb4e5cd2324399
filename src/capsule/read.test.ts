import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Capsule } from '../domain/capsule.ts';
import { podOf, serviceOf } from '../domain/spans.ts';
import { readCapsule } from './read.ts';
import type { CapsuleParts } from './testing.ts';
import { TEST_TIMES, iso, manifest, nanos, ndjson, removeFolder, tarOf, temporaryFolder, writeCapsule, zipOf } from './testing.ts';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  removeFolder(folder);
});

const at = TEST_TIMES.windowStart;
const PARTS: CapsuleParts = {
  'capsule.json': manifest(),
  'alerts.ndjson': ndjson([{ status: 'firing', labels: { alertname: 'Slow', service: 'shop' }, annotations: { summary: 'slow' }, startsAt: iso(at), endsAt: '0001-01-01T00:00:00Z' }]),
  'metrics/pods.csv.gz': `timestamp,"cpu{service=""shop"",pod=""shop-1""}",up\n${iso(at)},0.5,1\n${iso(at + 1000)},,1\n${nanos(at + 2000)},0.75,0\n`,
  'traces/spans.ndjson': ndjson([
    { trace_id: 't', span_id: 'a', parent_span_id: null, name: 'GET /', start_time_unix_nano: nanos(at), end_time_unix_nano: nanos(at + 5), status_code: 'OK', resource: { 'service.name': 'shop', 'k8s.pod.name': 'shop-1' } },
    { trace_id: 't', span_id: 'b', parent_span_id: 'a', name: 'call', start_time_unix_nano: nanos(at + 1), end_time_unix_nano: nanos(at + 4), status_code: 'ERROR', attributes: { 'error.type': 'timeout', retry: 2 } },
  ]),
  'changes.ndjson': ndjson([
    { time: iso(at + 5), kind: 'commit', id: 'b' },
    { time: iso(at), kind: 'deployment', id: 'a', service: 'shop', previous_version: '1' },
  ]),
  'topology.csv': 'source,destination\nshop,stock\n',
  'kubernetes/pods.txt': 'NAME READY\nshop-1 1/1\n',
  'runbooks/shop.md': '# Shop\n',
  'logs/shop.ndjson.gz': ndjson([{ timestamp: nanos(at), body: 'hello' }]),
  'logs/old/raw.log': 'a line\n',
};

const logText = (capsule: Capsule, file: string): string => {
  const log = capsule.logs.find((one) => one.file === file);
  return [...(log?.chunks() ?? [])].map((chunk) => Buffer.from(chunk).toString()).join('');
};

/** Everything of PARTS is there. */
const checkParts = (capsule: Capsule): void => {
  expect(capsule.alerts).toMatchObject([{ status: 'firing', labels: { alertname: 'Slow' }, startsAt: at, endsAt: null }]);
  expect(capsule.metrics.map(({ name, labels, file, times, values }) => ({ name, labels, file, times: [...times], values: [...values] }))).toEqual([
    { name: 'cpu', labels: { service: 'shop', pod: 'shop-1' }, file: 'metrics/pods.csv', times: [at, at + 2000], values: [0.5, 0.75] },
    { name: 'up', labels: {}, file: 'metrics/pods.csv', times: [at, at + 1000, at + 2000], values: [1, 1, 0] },
  ]);
  const { spans } = capsule;
  expect(spans).toMatchObject({ length: 2, parents: Int32Array.of(-1, 0), orphans: 0, startMs: Float64Array.of(at, at + 1), durationMs: Float64Array.of(5, 3), failed: Uint8Array.of(0, 1) });
  expect([0, 1].map((i) => [serviceOf(spans, i), podOf(spans, i), spans.names[spans.operations[i] ?? -1]])).toEqual([['shop', 'shop-1', 'GET /'], ['', null, 'call']]);
  expect(capsule.changes.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(capsule.topology).toEqual([{ source: 'shop', destination: 'stock' }]);
  expect(capsule.kubernetes).toEqual([{ file: 'kubernetes/pods.txt', text: 'NAME READY\nshop-1 1/1\n' }]);
  expect(capsule.runbooks).toEqual([{ file: 'runbooks/shop.md', text: '# Shop\n' }]);
  expect(capsule.logs.map(({ file, kind }) => [file, kind])).toEqual([['logs/old/raw.log', 'text'], ['logs/shop.ndjson', 'ndjson']]);
  expect(logText(capsule, 'logs/shop.ndjson')).toContain('hello');
  expect(logText(capsule, 'logs/old/raw.log')).toBe('a line\n');
};

const archives: readonly (readonly [string, (parts: CapsuleParts) => Uint8Array])[] = [
  ['capsule.zip', zipOf],
  ['capsule.tar', tarOf],
  ['capsule.tar.gz', (parts) => gzipSync(tarOf(parts))],
  ['capsule.tgz', (parts) => gzipSync(tarOf(parts))],
];
const inFolder = (parts: CapsuleParts, name: string): CapsuleParts => Object.fromEntries(Object.entries(parts).map(([path, content]) => [`${name}/${path}`, content]));

describe('readCapsule', () => {
  it('reads every part of a directory', async () => {
    const capsule = await readCapsule(writeCapsule(folder, PARTS), {});
    expect(capsule.gaps).toEqual([]);
    checkParts(capsule);
  });

  it.each(archives)('reads the same from %s, with and without a folder in it', async (name, pack) => {
    const path = join(folder, name);
    writeFileSync(path, pack(PARTS));
    const bare = await readCapsule(path, {});
    expect(bare.gaps).toEqual([]);
    checkParts(bare);
    writeFileSync(path, pack(inFolder(PARTS, 'x'.repeat(90))));
    checkParts(await readCapsule(path, {}));
  });

  it.each(Object.keys(PARTS).filter((part) => part !== 'capsule.json'))('reads the rest when %s is absent, empty or garbage', async (part) => {
    const { [part]: _, ...rest } = PARTS;
    const absent = await readCapsule(writeCapsule(join(folder, 'absent'), rest), {});
    expect(absent.gaps).toEqual([]);
    const empty = await readCapsule(writeCapsule(join(folder, 'empty'), { ...PARTS, [part]: new Uint8Array(0) }), {});
    expect(empty.id).toBe('test');
    const garbage = await readCapsule(writeCapsule(join(folder, 'garbage'), { ...PARTS, [part]: Uint8Array.from({ length: 999 }, (_byte, i) => (i * 7919) % 256) }), {});
    for (const log of garbage.logs) expect(() => [...log.chunks()]).not.toThrow();
    expect(garbage.id).toBe('test');
  });

  it('says where lines are bad, and reads the others', async () => {
    const parts = { ...PARTS, 'traces/spans.ndjson': `{"trace_id":"t"\nnull\n${String(PARTS['traces/spans.ndjson'])}`, 'metrics/pods.csv.gz': 'timestamp,up,"x{y=1}"\nsoon,1,1\n2030-01-01T10:00:00Z,many,1\n' };
    const capsule = await readCapsule(writeCapsule(folder, parts), {});
    expect(capsule.spans).toHaveLength(2);
    expect(capsule.gaps).toEqual([
      'metrics/pods.csv: line 1: a column header that is no series selector; skipped, 0 series were read.',
      'metrics/pods.csv: line 2: no valid timestamp; skipped, 0 series were read.',
      'metrics/pods.csv: line 3: a cell that is no number; skipped, 0 series were read.',
      'traces/spans.ndjson: 2 lines, the first is line 1: no JSON object; skipped, 2 spans were read.',
    ]);
  });

  it.each([0.3, 0.6, 0.95])('gives what a file cut at %s of its length still holds', async (share) => {
    const lines = Array.from({ length: 5000 }, (_, i) => `${JSON.stringify({ timestamp: nanos(at + i), body: `event ${i} ${Math.imul(i, 2654435761)}` })}\n`);
    const packed = gzipSync(lines.join(''));
    const capsule = await readCapsule(writeCapsule(folder, { ...PARTS, 'logs/shop.ndjson.gz': packed.subarray(0, Math.floor(packed.length * share)) }), {});
    const gaps: string[] = [];
    const log = capsule.logs.find(({ file }) => file === 'logs/shop.ndjson');
    const text = [...(log?.chunks((gap) => gaps.push(gap)) ?? [])].map((chunk) => Buffer.from(chunk).toString()).join('');
    expect(lines.join('').startsWith(text)).toBe(true);
    expect(text.length).toBeGreaterThan(lines.join('').length * share * 0.5);
    expect(gaps).toEqual([expect.stringContaining('logs/shop.ndjson: cut off or damaged')]);
  });

  it.each(archives)('gives the members before the cut of a cut %s', async (name, pack) => {
    const path = join(folder, name);
    const noise = Array.from({ length: 40_000 }, (_, i) => Math.imul(i, 2654435761)).join(' ');
    const packed = pack({ ...PARTS, 'runbooks/z.md': noise });
    writeFileSync(path, packed.subarray(0, Math.floor(packed.length * 0.7)));
    const capsule = await readCapsule(path, {});
    expect(capsule.spans).toHaveLength(2);
    expect(capsule.gaps.join()).toContain('cut off or damaged');
  });

  it.each(['../evil.md', '/runbooks/evil.md', 'C:/runbooks/evil.md', 'runbooks/../../evil.md', '..\\evil.md'])('refuses the archive member %s', async (evil) => {
    const path = join(folder, 'capsule.tar');
    writeFileSync(path, tarOf({ ...PARTS, [evil]: 'x' }));
    const capsule = await readCapsule(path, {});
    expect(capsule.runbooks.map(({ file }) => file)).toEqual(['runbooks/shop.md']);
    expect(capsule.gaps).toEqual([`${JSON.stringify(evil)}: a member that points outside the archive was refused.`]);
  });

  it('reads the same whatever the order of lines', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), async (order) => {
        const rows = Array.from({ length: 6 }, (_, i) => `${iso(at + 1000 * i)},${i}`);
        const changes = Array.from({ length: 6 }, (_, i) => ({ time: iso(at + (i % 3)), kind: 'commit', id: `c${i}` }));
        const read = async (indices: readonly number[]): Promise<Capsule> =>
          readCapsule(writeCapsule(folder, { 'capsule.json': manifest(), 'metrics/m.csv': `timestamp,x\n${indices.map((i) => rows[i]).join('\n')}`, 'changes.ndjson': ndjson(indices.map((i) => changes[i])) }), {});
        expect(await read(order)).toEqual(await read([0, 1, 2, 3, 4, 5]));
      }),
      { numRuns: 10 },
    );
  });
});

describe('readCapsule refuses', () => {
  it.each([
    ['nothing there', null, 'input_unreadable'],
    ['no capsule.json', {}, 'capsule_invalid'],
    ['capsule.json that is no JSON', { 'capsule.json': '{' }, 'capsule_invalid'],
    ['another schema', { 'capsule.json': manifest({ schema: 'x' }) }, 'capsule_invalid'],
    ['a window that ends before it starts', { 'capsule.json': manifest({ window: { start: iso(at), end: iso(at - 1) } }) }, 'capsule_invalid'],
    ['an instant that is none', { 'capsule.json': manifest({ detected_at: 'yesterday' }) }, 'capsule_invalid'],
  ] as const)('%s', async (_, parts, code) => {
    const path = parts === null ? join(folder, 'nothing') : writeCapsule(folder, parts);
    await expect(readCapsule(path, {})).rejects.toMatchObject({ code, hint: expect.any(String) });
  });

  it('to go on when aborted', async () => {
    await expect(readCapsule(writeCapsule(folder, PARTS), { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});
