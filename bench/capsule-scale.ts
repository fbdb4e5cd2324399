/**
 * Diagnosis of a very large capsule, through the compiled program: wall time, processor time, peak memory, share of each stage.
 *
 *   npm run bench:capsule -- [--logs 2000000] [--text 0.25] [--spans 500000] [--series 5000] [--samples 360]
 *                            [--rounds 5] [--seed 1] [--keep DIR] [--node PATH] [--no-build]
 *
 * --text: share of the services that write raw text, the others write records. --keep: where to make the capsule, and leave it.
 * The fault is known (`bench/capsule-scale/shop.ts`), so the answer is checked, too.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Report } from '../src/domain/report.ts';
import { FAULTY } from './capsule-scale/shop.ts';
import { writeCapsule } from './capsule-scale/write-capsule.ts';
import { type Measured, mustRun, PROGRAM } from './logs/run-node.ts';
import { median, printTable, short } from './logs/table.ts';

const { values } = parseArgs({
  options: {
    logs: { type: 'string', default: '2000000' },
    text: { type: 'string', default: '0.25' },
    spans: { type: 'string', default: '500000' },
    series: { type: 'string', default: '5000' },
    samples: { type: 'string', default: '360' },
    rounds: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'string' },
    node: { type: 'string', default: process.execPath },
    'no-build': { type: 'boolean', default: false },
  },
});

const verdictOf = ({ stdout }: Measured): string => {
  const report = JSON.parse(stdout) as Report;
  const [first] = report.hypotheses;
  const isRight = report.verdict === 'root_cause' && first?.component.name === FAULTY && first.change_id === 'smaller-pool';
  return isRight ? 'right' : `${report.verdict}: ${first?.component.name ?? 'nobody'}, ${first?.change_id ?? 'no change'}`;
};

const printStages = async (): Promise<void> => {
  const { stdout } = await mustRun([join(import.meta.dirname, 'capsule-scale', 'stages.ts'), folder], { node: process.execPath });
  const stages = JSON.parse(stdout) as readonly { readonly stage: string; readonly cpuSeconds: number }[];
  const total = stages.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  printTable('Stages, from the sources in one thread', ['stage', 'cpu s', 'share'], stages.map(({ stage, cpuSeconds }) => [stage, cpuSeconds.toFixed(2), (cpuSeconds / total).toFixed(2)]));
};

const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'faultline-capsule-'));
try {
  if (!values['no-build']) spawnSync(process.execPath, [join('scripts', 'build.mjs')], { cwd: resolve(import.meta.dirname, '..'), stdio: 'inherit' });
  const { logs, text, spans, series, samples, seed, rounds } = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
  const plan = { seed: seed ?? 1, logLines: logs ?? 0, textShare: text ?? 0, spans: spans ?? 0, series: series ?? 0, samples: samples ?? 0 };
  const written = writeCapsule(folder, plan);
  const version = spawnSync(values.node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  console.log(`Node ${version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
  console.log(`${short(written.logLines)} log lines, ${short(written.spans)} spans, ${short(written.series)} series of ${plan.samples} samples, ${Math.round(written.bytes / 1e6)} MB`);
  const runs: Measured[] = [];
  for (let round = 0; round < (rounds ?? 1); round++) runs.push(await mustRun([PROGRAM, 'analyze', folder, '--format', 'json', '--quiet'], { node: values.node }));
  const rows = runs.map((run) => [run.seconds.toFixed(2), run.cpuSeconds.toFixed(2), run.peakMegabytes.toFixed(0), verdictOf(run)]);
  const seconds = runs.map((run) => run.seconds);
  printTable('Diagnosis of a large capsule', ['seconds', 'cpu s', 'peak MB', 'answer'], rows, `median ${median(seconds).toFixed(2)} s, most ${Math.max(...seconds).toFixed(2)} s`);
  await printStages();
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
