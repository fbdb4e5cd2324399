/** What users feed it: files, directories, globs, pipes, compressed, cut off, binary, empty, missing. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { faultline, OUTAGE, type Run, temporaryFolder } from './run-faultline.ts';

let folder = '';
const put = (name: string, content: string | Uint8Array): void => {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), content);
};

interface Table {
  readonly patterns: readonly { readonly id: string; readonly count: number }[];
  readonly lines: number;
  readonly events: number;
}
const tableOf = ({ stdout }: Run): Table => JSON.parse(stdout) as Table;
const patterns = (...args: string[]): Promise<Run> => faultline(['patterns', '--json', ...args], { cwd: folder });

beforeAll(() => {
  folder = temporaryFolder();
  put('plain.log', OUTAGE);
  put('plain.log.gz', gzipSync(OUTAGE));
  put('wrong-name.txt', gzipSync(OUTAGE));
  put('members.gz', Buffer.concat([gzipSync(OUTAGE.slice(0, 300)), gzipSync(OUTAGE.slice(300))]));
  // `zstd -c plain.log`, made without the tool: a frame of one raw block (RFC 8878).
  const raw = Buffer.from(OUTAGE);
  const header = raw.length * 8 + 1;
  const frame = Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x60, (raw.length - 256) & 0xff, (raw.length - 256) >> 8, header & 0xff, (header >> 8) & 0xff, header >> 16]), raw]);
  put('plain.log.zst', frame);
  put('frames.zst', Buffer.concat([frame, frame]));
  put('utf16.log', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(OUTAGE, 'utf16le')]));
  put('utf16-no-mark.log', Buffer.from(OUTAGE, 'utf16le'));
  put('bom.log', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(OUTAGE)]));
  put('crlf.log', OUTAGE.replaceAll('\n', '\r\n'));
  put('sparse.log', Buffer.concat([Buffer.alloc(5000), Buffer.from(`\n${OUTAGE}`)]));
  put('empty.log', '');
  put('tree/a/one.log', OUTAGE);
  put('tree/b/two.log.gz', gzipSync(OUTAGE));
  put('tree/b/.hidden.log', OUTAGE);
  put('tree/b/picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 1]));
  put('tree/b/noise.bin', Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 167 + (index >> 3)) & 0xff)));
  put('data.zip', Buffer.from('PK\u0003\u0004 something', 'latin1'));
  put('big.log', OUTAGE.repeat(3000));
});

describe('the same text in any wrapping', () => {
  it.each(['plain.log', 'plain.log.gz', 'wrong-name.txt', 'members.gz', 'plain.log.zst', 'utf16.log', 'utf16-no-mark.log', 'bom.log', 'crlf.log'])('%s', async (name) => {
    const [run, plain] = [await patterns(name), await patterns('plain.log')];
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(tableOf(run)).toMatchObject({ lines: 7, events: 5 });
    expect(tableOf(run).patterns.map(({ id, count }) => [id, count])).toEqual(tableOf(plain).patterns.map(({ id, count }) => [id, count]));
  });

  it.each([[['-']], [[]]])('standard input with %j', async (args: string[]) => {
    expect(tableOf(await faultline(['patterns', '--json', ...args], { input: OUTAGE })).events).toBe(5);
    expect(tableOf(await faultline(['patterns', '--json', ...args], { input: gzipSync(OUTAGE) })).events).toBe(5);
  });

  it('several frames of zstd', async () => {
    expect(tableOf(await patterns('frames.zst')).events).toBe(10);
  });

  it('a file after a run of NULs', async () => {
    expect(tableOf(await patterns('sparse.log')).events).toBeGreaterThanOrEqual(5);
  });
});

describe('directories and globs', () => {
  it('reads a tree, and says what it leaves out', async () => {
    const run = await patterns('tree');
    expect(run.code).toBe(0);
    expect(tableOf(run).events).toBe(10);
    expect(run.stderr).toMatch(/1 hidden/);
    expect(run.stderr).toContain('picture.png');
    expect(run.stderr).toContain('noise.bin');
  });

  it('expands a quoted glob', async () => {
    expect(tableOf(await patterns('tree/**/*.{log,gz}')).events).toBe(10);
  });

  it('reads a file once, however often it is named', async () => {
    expect(tableOf(await patterns('plain.log', 'plain.log', 'plain.*g')).events).toBe(5);
  });
});

describe('what cannot be read ends with 3, the rest is analysed', () => {
  it.each([
    ['no-such.log', /no such file/],
    ['*.nothing', /no file matches/],
    ['data.zip', /zip archive/],
  ])('%s', async (name, message) => {
    const run = await patterns('plain.log', name);
    expect(run.code).toBe(3);
    expect(tableOf(run).events).toBe(5);
    expect(run.stderr).toMatch(message);
  });

  it('nothing readable at all', async () => {
    const run = await patterns('no-such.log');
    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(run.stderr).toMatch(/none of the input[\s\S]*no-such\.log/);
  });

  it.each([0.3, 0.6, 0.95])('gzip cut off at %d', async (share) => {
    const whole = gzipSync(OUTAGE.repeat(200), { level: 1 });
    put('cut.gz', whole.subarray(0, Math.floor(whole.length * share)));
    const run = await patterns('cut.gz');
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(/cut\.gz.*cut off/);
    expect(tableOf(run).events).toBeGreaterThan(100 * share);
  });

  it('gzip with something else behind it: all is read, and it says so', async () => {
    put('junk.gz', Buffer.concat([gzipSync(OUTAGE), Buffer.from('left over')]));
    const run = await patterns('junk.gz');
    expect(run.code).toBe(0);
    expect(tableOf(run)).toMatchObject({ lines: 7, events: 5 });
    expect(run.stderr).toContain('what follows the gzip data is something else');
  });

  it('gzip damaged in the middle', async () => {
    const whole = gzipSync(OUTAGE.repeat(200), { level: 0 });
    whole.writeUInt32BE(0, whole.length - 8);
    put('damaged.gz', whole);
    const run = await patterns('damaged.gz');
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(/damaged\.gz.*damaged/);
    expect(tableOf(run).events).toBe(1000);
  });

  it('binary data that is named is read with a warning', async () => {
    const run = await patterns('tree/b/noise.bin');
    expect(run.code).toBe(0);
    expect(run.stderr).toMatch(/binary data/);
  });

  it('an empty file is fine', async () => {
    expect(tableOf(await patterns('empty.log'))).toMatchObject({ lines: 0, events: 0, patterns: [] });
  });
});

describe('the reader of the output', () => {
  it('may go away early', async () => {
    const run = await faultline(['patterns', '--format', 'ndjson', 'big.log'], { cwd: folder, closeAfterBytes: 1 });
    expect(run).toMatchObject({ code: 0, stderr: '' });
  });

  it('gets one line an event, in order', async () => {
    const { stdout } = await faultline(['patterns', '--format', 'ndjson', 'plain.log'], { cwd: folder });
    const events = stdout.trim().split('\n').map((line) => JSON.parse(line) as { line: number; lines: number; pattern: string });
    expect(events.map(({ line, lines }) => [line, lines])).toEqual([[1, 1], [2, 1], [3, 1], [4, 3], [7, 1]]);
    expect(events[1]?.pattern).toBe(events[2]?.pattern);
    expect(Object.keys(events[0] ?? {})).toEqual(['line', 'lines', 'pattern']);
  });
});
