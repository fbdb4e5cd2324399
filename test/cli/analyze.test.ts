/** `analyze`, `mask` and `demo` of the real program. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Digest } from '../../src/domain/digest.ts';
import { displayWidth } from '../../src/render/display-width.ts';
import { faultline, OUTAGE, type RunOptions, temporaryFolder } from './run-faultline.ts';

let folder = '';
const run = (args: readonly string[], options: RunOptions = {}) => faultline(args, { cwd: folder, ...options });
const digestOf = async (...args: string[]): Promise<Digest> => JSON.parse((await run(['analyze', '--json', ...args])).stdout) as Digest;

beforeAll(() => {
  folder = temporaryFolder();
  writeFileSync(join(folder, 'outage.log'), OUTAGE);
  mkdirSync(join(folder, 'capsule'));
  const window = { start: '2026-02-03T10:00:00Z', end: '2026-02-03T10:10:00Z' };
  const manifest = { schema: 'faultline.capsule/1', id: 'stock', detected_at: '2026-02-03T10:01:00Z', window, baseline: null, symptom: null, collected_at: null };
  writeFileSync(join(folder, 'capsule', 'capsule.json'), JSON.stringify(manifest));
  mkdirSync(join(folder, 'capsule', 'logs'));
  writeFileSync(join(folder, 'capsule', 'logs', 'stock.log'), OUTAGE);
  mkdirSync(join(folder, 'broken'));
  writeFileSync(join(folder, 'broken', 'capsule.json'), '{');
  writeFileSync(join(folder, 'cut.log.gz'), gzipSync(OUTAGE.repeat(50)).subarray(0, -30));
});

describe('analyze', () => {
  it('finds the incident and writes the contract’s digest', async () => {
    const digest = await digestOf('outage.log');
    expect(digest).toMatchObject({ schema: 'faultline.digest/1', lines: 7, events: 5, errors: 3, llm: null });
    expect(digest.incidents).toHaveLength(1);
    expect(JSON.stringify(digest)).not.toContain('kim@example.com');
  });

  it('shows it on a terminal of 80 columns, without escape sequences in a pipe', async () => {
    const { code, stdout, stderr } = await run(['analyze', 'outage.log'], { environment: { COLUMNS: '80' } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toMatch(/FAULTLINE {2}1 incident/);
    expect(stdout).toContain('outage.log as spring-boot · 7 lines');
    // Commands and queries are for copying and are not broken.
    expect(stdout.split('\n').filter((line) => !/\$ |\{service_name/.test(line) && displayWidth(line) > 80)).toEqual([]);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^ {2}\$ faultline analyze outage\.log --since 2026-02-03T10:00Z --until /);
  });

  it.each([
    [{ FORCE_COLOR: '1' }, [], true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, [], false],
    [{ NO_COLOR: '1' }, ['--color', 'always'], true],
    [{ FORCE_COLOR: '1' }, ['--color=never'], false],
    [{}, [], false],
  ])('colours with %j and %j: %s', async (environment: Record<string, string>, args: string[], colored: boolean) => {
    expect((await run(['analyze', 'outage.log', ...args], { environment })).stdout.includes('\u001b[')).toBe(colored);
  });

  it.each([
    ['report.html', /^<!doctype html>/],
    ['report.md', /^# Log digest: 1 incident/],
    ['report.json', /"schema": "faultline\.digest\/1"/],
    ['report.txt', /^FAULTLINE/],
    ['new/folder/report.md', /^# Log digest/],
  ])('--output %s chooses the format by its ending', async (name, content) => {
    const result = await run(['analyze', 'outage.log', '--output', name]);
    expect(result).toMatchObject({ code: 0, stdout: '' });
    expect(result.stderr).toContain(`Wrote ${name}`);
    expect(readFileSync(join(folder, name), 'utf8')).toMatch(content);
  });

  it('says when the output cannot be written', async () => {
    const result = await run(['analyze', 'outage.log', '--output', 'outage.log/x.md']);
    expect(result.code).toBe(3);
    expect(result.stderr).toMatch(/cannot be written/);
  });

  it('reads Korean, by option and by environment', async () => {
    expect((await run(['analyze', 'outage.log', '--lang', 'ko'])).stdout).toContain('장애 1건');
    expect((await run(['analyze', 'outage.log'], { environment: { LANG: 'ko_KR.UTF-8' } })).stdout).toContain('장애 1건');
  });

  it('keeps to the time asked for', async () => {
    expect((await digestOf('outage.log', '--since', '2026-02-03 10:00:05', '--until', '+2s')).events).toBe(2);
    expect((await digestOf('outage.log', '--since', '2026-02-03T01:00:05Z', '--timezone', 'KST')).events).toBe(3);
    expect((await digestOf('outage.log', '--level', 'e')).events).toBe(3);
  });

  it('shows the data’s own period when the time asked for holds nothing', async () => {
    const digest = await digestOf('outage.log', '--since', '2020-01-01', '--until', '2020-01-02');
    expect(digest.events).toBe(0);
    expect(digest.gaps[0]).toMatch(/covers 2026-02-03T10:00:00.000Z to 2026-02-03T10:00:09.* --since 2026-02-03T10:00:00/);
  });

  it('compares with a file and with a range', async () => {
    const quiet = Array.from({ length: 600 }, (_, second) => `2026-02-02 10:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}.000  INFO 1 --- [nio-8080-exec-1] c.e.shop.web.CheckoutController          : Checkout done`);
    writeFileSync(join(folder, 'normal.log'), `${quiet.join('\n')}\n`);
    const byFile = await digestOf('outage.log', '--baseline', 'normal.log');
    expect(byFile.patterns.new.length).toBeGreaterThan(0);
    const byRange = await digestOf('outage.log', '--baseline', '2026-02-03 10:00:00..2026-02-03 10:00:04');
    expect(byRange.baseline?.start).toBe('2026-02-03T10:00:00.000Z');
  });

  it('goes on after a cut-off file and says so in the gaps', async () => {
    const { code, stdout } = await run(['analyze', '--json', 'cut.log.gz', 'outage.log', 'missing.log']);
    const { gaps, events } = JSON.parse(stdout) as Digest;
    expect(code).toBe(3);
    expect(events).toBeGreaterThan(5);
    expect(gaps.join('\n')).toMatch(/cut\.log\.gz.*cut off/);
    expect(gaps.join('\n')).toMatch(/missing\.log/);
  });

  it('gives the same digest for any order of files', async () => {
    const [one, two] = [await digestOf('outage.log', 'cut.log.gz'), await digestOf('cut.log.gz', 'outage.log')];
    expect({ ...one, timings_ms: null, gaps: [...one.gaps].sort(), incidents: one.incidents.map(({ fingerprint }) => fingerprint) }).toEqual({
      ...two, timings_ms: null, gaps: [...two.gaps].sort(), incidents: two.incidents.map(({ fingerprint }) => fingerprint),
    });
  });
});

describe('a capsule', () => {
  it('is recognised and gives a report', async () => {
    const { code, stdout, stderr } = await run(['analyze', 'capsule', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'faultline.report/1', capsule_id: 'stock', llm: null });
  });

  it('is shown on a terminal', async () => {
    expect((await run(['analyze', 'capsule'])).stdout).toMatch(/^FAULTLINE {2}(?:Root cause found|Inconclusive|No incident)\nstock/);
    expect((await run(['analyze', 'capsule', '--lang', 'ko'])).stdout).toMatch(/^FAULTLINE {2}(?:근본 원인 발견|판단 불가|장애 없음)/);
  });

  it('that is broken ends with 3', async () => {
    const { code, stdout, stderr } = await run(['analyze', 'broken', '--json']);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/capsule\.json/);
  });
});

describe('mask', () => {
  it('filters standard input and leaves the rest byte for byte', async () => {
    const { code, stdout } = await run(['mask'], { input: 'a mail to kim@example.com\r\ntrace 4bf92f3577b34da6a3ce929d0e0e4736\nno line end' });
    expect(code).toBe(0);
    expect(stdout).toBe('a mail to <pii:email>\r\ntrace 4bf92f3577b34da6a3ce929d0e0e4736\nno line end');
  });

  it('takes rules of the user, and refuses bad ones', async () => {
    writeFileSync(join(folder, 'rules.yaml'), '- name: staff-number\n  pattern: "S-[0-9]{6}"\n');
    expect((await run(['mask', '--rules', 'rules.yaml'], { input: 'seen S-123456 today\n' })).stdout).toBe('seen <secret:staff-number> today\n');
    writeFileSync(join(folder, 'bad.yaml'), '- name: x\n  pattern: "(?<=a)b"\n');
    for (const command of ['analyze', 'patterns']) {
      const { stdout } = await run([command, '--json', '--rules', 'rules.yaml', '-'], { input: '2025-02-01T05:00:00Z ERROR [gate] refused S-123456 at door\n' });
      expect(stdout).toContain('refused <secret:staff-number> at door');
      expect(stdout).not.toContain('S-123456');
    }
    expect((await run(['mask', '--rules', 'bad.yaml'], { input: 'x' })).code).toBe(2);
  });

  it('reads compressed files', async () => {
    writeFileSync(join(folder, 'mail.gz'), gzipSync('to kim@example.com\n'));
    expect((await run(['mask', 'mail.gz'])).stdout).toBe('to <pii:email>\n');
  });
});

describe('demo', () => {
  it('shows the example incident and what to try next', async () => {
    const { code, stdout } = await run(['demo']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\[P[12]\]/);
    expect(stdout).toContain('faultline mask < app.log > clean.log');
    for (const format of ['spring-boot', 'json', 'nginx-access', 'postgresql']) expect(stdout).toContain(`as ${format}`);
  });
});
