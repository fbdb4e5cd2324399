/**
 * Benchmarks of the log engine, through the compiled program. Prints tables.
 *
 *   npm run bench:logs -- [--only throughput,grouping,headers,masking,diff] [--scale 1] [--rounds 5]
 *                         [--labelled DIR] [--masking DIR] [--node PATH] [--keep DIR] [--no-build]
 *
 * --labelled: `<set>.log` with `<set>.truth.ndjson`; without it grouping and headers are left out. --masking: `corpus.log` with
 * `labels.ndjson`; without it a small corpus is made. --node: measure with another Node. --keep: where to make the inputs.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchDiff } from './logs/baseline-diff.ts';
import { benchGrouping } from './logs/grouping.ts';
import { benchHeaders } from './logs/headers.ts';
import { benchMasking } from './logs/masking.ts';
import { benchThroughput } from './logs/throughput.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'throughput,grouping,headers,masking,diff' },
    scale: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '5' },
    labelled: { type: 'string' },
    masking: { type: 'string' },
    node: { type: 'string', default: process.execPath },
    keep: { type: 'string' },
    'no-build': { type: 'boolean', default: false },
  },
});

const positive = (name: string, text: string): number => {
  const value = Number(text);
  if (!(value > 0)) throw new RangeError(`--${name} must be above 0`);
  return value;
};

const build = (): void => {
  const { status } = spawnSync(process.execPath, [join('scripts', 'build.mjs')], { cwd: resolve(import.meta.dirname, '..'), stdio: 'inherit' });
  if (status !== 0) throw new Error('the program does not compile');
};

const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'faultline-bench-'));
mkdirSync(folder, { recursive: true });
const { node } = values;
const parts = values.only.split(',');
try {
  if (!values['no-build']) build();
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  console.log(`Node ${version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
  if (parts.includes('throughput')) await benchThroughput({ folder, node, scale: positive('scale', values.scale), rounds: Math.ceil(positive('rounds', values.rounds)) });
  if (parts.includes('grouping') && values.labelled !== undefined) await benchGrouping({ labelled: values.labelled, folder, node });
  if (parts.includes('headers') && values.labelled !== undefined) benchHeaders(values.labelled);
  if (parts.includes('masking')) await benchMasking({ corpus: values.masking ?? null, folder, node });
  if (parts.includes('diff')) await benchDiff({ folder, node });
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
