/** `analyze CAPSULE` of the real program: an invented capsule with a fault, in every format. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/domain/report.ts';
import { displayWidth } from '../../src/render/display-width.ts';
import { faultline, temporaryFolder } from './run-faultline.ts';

const START = Date.parse('2026-02-03T09:00:00Z');
const MINUTE = 60_000;
const FAULT_MINUTE = 75;
const at = (minute: number): string => new Date(START + minute * MINUTE).toISOString();

let folder = '';

/** A pool shrinks by a deployment: waits, latency and failures follow, in the caller, too. Ten minutes of samples are missing. */
const metricRows = (): string => {
  const header = 'timestamp,"pool_connections_active{service=""ledger"",unit=""percent""}","latency{service=""ledger"",quantile=""0.99"",unit=""seconds""}","latency{service=""shop"",quantile=""0.99"",unit=""seconds""}"';
  const rows = Array.from({ length: 120 }, (_, minute) => {
    const noise = ((minute * 37) % 11) / 100;
    const isBroken = minute >= FAULT_MINUTE;
    return [at(minute), isBroken ? 98 + noise : 20 + noise * 50, isBroken ? 9 + noise : 0.2 + noise / 2, isBroken ? 9.4 + noise : 0.3 + noise / 2].join(',');
  }).filter((_, minute) => minute < 30 || minute >= 40);
  return [header, ...rows, ''].join('\n');
};

const logLines = (): string =>
  Array.from({ length: 120 }, (_, minute) => {
    const calm = `${at(minute)} INFO posted entry ${minute}`;
    return minute < FAULT_MINUTE ? calm : `${calm}\n${at(minute)} ERROR connection pool exhausted, <b>request</b> ${minute} of lee@example.com waited 9000 ms`;
  }).join('\n');

beforeAll(() => {
  folder = temporaryFolder();
  const capsule = join(folder, 'capsule');
  for (const name of ['metrics', 'logs']) mkdirSync(join(capsule, name), { recursive: true });
  const manifest = {
    schema: 'faultline.capsule/1', id: 'ledger-pool', detected_at: at(80), window: { start: at(60), end: at(120) }, baseline: { start: at(0), end: at(60) },
    symptom: { service: 'shop', metric: 'latency', description: 'checkout is <i>slow</i>' }, collected_at: null,
  };
  writeFileSync(join(capsule, 'capsule.json'), JSON.stringify(manifest));
  writeFileSync(join(capsule, 'topology.csv'), 'source,destination\nshop,ledger\nledger,ledger-db\n');
  writeFileSync(join(capsule, 'metrics', 'all.csv'), metricRows());
  writeFileSync(join(capsule, 'logs', 'ledger.log'), `${logLines()}\n`);
  const change = { time: at(74), kind: 'deployment', id: 'ledger-42', service: 'ledger', version: '42', previous_version: '41', summary: 'smaller connection pool', diff: '-maximumPoolSize: 50\n+maximumPoolSize: 5\n' };
  writeFileSync(join(capsule, 'changes.ndjson'), `${JSON.stringify(change)}\n`);
});

const run = (...args: string[]) => faultline(['analyze', 'capsule', ...args], { cwd: folder, environment: { COLUMNS: '80' } });

describe('report of a capsule', () => {
  it('blames the component whose pool ran out', async () => {
    const report = JSON.parse((await run('--format', 'json')).stdout) as Report;
    expect(report).toMatchObject({ schema: 'faultline.report/1', capsule_id: 'ledger-pool', verdict: 'root_cause' });
    expect(report.hypotheses[0]?.component.name).toBe('ledger');
  });

  it('is one page with timeline, charts, map, patterns and evidence to run again', async () => {
    const { code, stderr } = await run('--format', 'html', '--output', 'report.html');
    expect({ code, written: stderr.startsWith('Wrote report.html') }).toEqual({ code: 0, written: true });
    const page = readFileSync(join(folder, 'report.html'), 'utf8');
    for (const drawing of ['timeline', 'series', 'map']) expect(page).toMatch(new RegExp(`<svg class="${drawing}"[^>]*role="img" aria-label="[^"]{20,}"`));
    expect(page).toMatch(/<g class="node blamed">.*?>ledger<\/text>/s);
    expect(page).toMatch(/<g class="edge path">.*?<title>shop → ledger<\/title>/s);
    expect(page).toContain('Samples are missing in 1 places');
    expect(page).toContain('ledger-42');
    expect(page).toContain('metrics/all.csv');
    expect(page).toContain('&lt;i&gt;slow&lt;/i&gt;');
    expect(page).not.toMatch(/<b>request|<i>slow|lee@example\.com|<script|href=|src=|NaN|undefined/);
  });

  it('is a screen of a terminal with sparklines', async () => {
    const { stdout } = await run();
    expect(stdout).toMatch(/10:15:00 {2}onset/);
    expect(stdout).toMatch(/\+ {3}E1 .*[▁▂▃▄▅▆▇█]{5,}/);
    expect(stdout.split('\n').filter((line) => !/\$ |ql: /.test(line) && displayWidth(line) > 80)).toEqual([]);
    expect(stdout.split('\n').length).toBeLessThan(75);
  });

  it('is the same twice', async () => {
    const [one, other] = await Promise.all([run('--format', 'html', '--lang', 'ko'), run('--format', 'html', '--lang', 'ko')]);
    const timeless = (page: string): string => page.replaceAll(/<p class="sub">[^<]*\d ?(?:ms|s|초)<\/p>/g, '');
    expect(timeless(one.stdout)).toBe(timeless(other.stdout));
    expect(one.stdout).toContain('<html lang="ko">');
  });
});
