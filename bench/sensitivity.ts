/**
 * Which constants of the diagnosis carry which set: every numeric constant of the ranking and of the metrics' engine is multiplied by 0.5, 0.7, 1.4 and 2,
 * one at a time, and the cases that turn right or wrong are counted by set. A constant that only one set holds in place was fitted to it.
 *
 *   node bench/sensitivity.ts CAPSULES [--cache DIR] [--every N] [--only TEXT]
 */
import { readFileSync, readdirSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { diagnose } from '../src/diagnosis/diagnose.ts';
import type { analyzeMetrics, MetricAnalysis } from '../src/signals/metrics/analyze-metrics.ts';
import { isRight, labelledCapsules } from './labelled-capsules.ts';
import { CLEAN, snapshotsOf, type Snapshot } from './snapshots.ts';

const SOURCE = join(import.meta.dirname, '../src');
const FOLDERS = ['diagnosis', 'diagnosis/rank', 'diagnosis/relate', 'signals/metrics', 'signals/changes'];
const FACTORS = [0.5, 0.7, 1.4, 2];
const DECLARED = /^(?:export )?const ([A-Z][A-Z0-9_]*) = (-?[\d._]+(?: ?[*/] ?[\d._]+)*);$/gm;

interface Constant {
  readonly file: string;
  readonly name: string;
  readonly value: number;
}

/** Bounds of work and sizes of samples, which decide nothing about who is blamed. */
const isBound = (name: string): boolean => name.startsWith('MAX_') || name === 'BINS';

const constantsOf = (): readonly Constant[] =>
  FOLDERS.flatMap((folder) =>
    readdirSync(join(SOURCE, folder))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .flatMap((name) => {
        const file = join(folder, name);
        const text = readFileSync(join(SOURCE, file), 'utf8');
        return [...text.matchAll(DECLARED)].flatMap(([, constant, expression]) => {
          const value = (expression ?? '').replaceAll('_', '').split('*').reduce((product, factor) => product * factor.split('/').map(Number).reduce((a, b) => a / b), 1);
          return constant === undefined || isBound(constant) ? [] : [{ file, name: constant, value }];
        });
      }),
  );

let patch: (Constant & { readonly factor: number }) | null = null;
let version = 0;

registerHooks({
  resolve: (specifier, context, next) => {
    const resolved = next(specifier, context);
    const isOwn = resolved.url.startsWith(pathToFileURL(SOURCE).href) && (context.parentURL ?? '').includes('?v=');
    return isOwn && !resolved.url.includes('?v=') ? { ...resolved, url: `${resolved.url}?v=${version}` } : resolved;
  },
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (patch === null || !url.includes('?v=') || !url.startsWith(pathToFileURL(join(SOURCE, patch.file)).href)) return loaded;
    const { name, value, factor } = patch;
    const text = Buffer.from(loaded.source as Uint8Array).toString('utf8');
    return { ...loaded, source: text.replace(new RegExp(`^((?:export )?const ${name} = ).*;$`, 'm'), `$1${value * factor};`) };
  },
});

interface Engines {
  readonly diagnose: typeof diagnose;
  readonly analyzeMetrics: typeof analyzeMetrics;
}

const enginesWith = async (change: typeof patch): Promise<Engines> => {
  patch = change;
  version++;
  const diagnosis = (await import(`../src/diagnosis/diagnose.ts?v=${version}`)) as Pick<Engines, 'diagnose'>;
  const metrics = (await import(`../src/signals/metrics/analyze-metrics.ts?v=${version}`)) as Pick<Engines, 'analyzeMetrics'>;
  return { diagnose: diagnosis.diagnose, analyzeMetrics: metrics.analyzeMetrics };
};

/** By case: the component is right, and the fault as well. */
const judge = (snapshots: readonly Snapshot[], analyses: readonly MetricAnalysis[] | null, engines: Engines): ReadonlyMap<Snapshot, boolean> =>
  new Map(
    snapshots.map((snapshot, index) => {
      const { capsule, findings, gaps, seen, label } = snapshot;
      const metrics = analyses?.[index] ?? engines.analyzeMetrics(capsule);
      const report = engines.diagnose(capsule, { metrics, findings, gaps, seen, logPatterns: { lines: 0, events: 0, patterns: 0 } }, 'en');
      if (label.verdict === 'no_incident') return [snapshot, report.verdict !== 'root_cause'];
      const [first] = report.hypotheses;
      return [snapshot, first !== undefined && isRight(first.component, label)];
    }),
  );

const main = async (argv: readonly string[]): Promise<void> => {
  const [root] = argv;
  if (root === undefined) throw new Error('usage: node bench/sensitivity.ts CAPSULES [--cache DIR] [--every N] [--only TEXT]');
  const cache = argv.includes('--cache') ? (argv[argv.indexOf('--cache') + 1] ?? null) : null;
  const only = argv.includes('--only') ? (argv[argv.indexOf('--only') + 1] ?? '') : '';
  const snapshots: Snapshot[] = [];
  const every = argv.includes('--every') ? Number(argv[argv.indexOf('--every') + 1]) : 1;
  for (const [index, one] of labelledCapsules(root).entries()) if (index % every === 0) snapshots.push(...(await snapshotsOf(one, [CLEAN], cache)));
  const sets = [...new Set(snapshots.map(({ set }) => set))].sort();
  const plain = await enginesWith(null);
  const analyses = snapshots.map(({ capsule }) => plain.analyzeMetrics(capsule));
  const before = judge(snapshots, analyses, plain);
  console.log(`| constant | value | ${FACTORS.map((factor) => `×${factor}`).join(' | ')} |\n|---|---|${FACTORS.map(() => '---').join('|')}|`);
  for (const constant of constantsOf().filter(({ file, name }) => `${file} ${name}`.includes(only))) {
    const cells: string[] = [];
    for (const factor of FACTORS) {
      const after = judge(snapshots, constant.file.startsWith('diagnosis') ? analyses : null, await enginesWith({ ...constant, factor }));
      const moved = sets.flatMap((set) => {
        const own = snapshots.filter((snapshot) => snapshot.set === set);
        const lost = own.filter((snapshot) => before.get(snapshot) === true && after.get(snapshot) === false).length;
        const won = own.filter((snapshot) => before.get(snapshot) === false && after.get(snapshot) === true).length;
        return lost + won === 0 ? [] : [`${set} ${won > 0 ? `+${won}` : ''}${lost > 0 ? `−${lost}` : ''}`];
      });
      cells.push(moved.join(', '));
    }
    console.log(`| ${relative('diagnosis', constant.file).replace(/^\.\.\//, '')} ${constant.name} | ${constant.value} | ${cells.join(' | ')} |`);
  }
};

await main(process.argv.slice(2));
