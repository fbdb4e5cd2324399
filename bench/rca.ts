/**
 * Root-cause accuracy on labelled capsules: a table by set, and what each signal earns.
 *
 *   node bench/rca.ts CAPSULES [--ablations]     CAPSULES: one set or a folder of sets, each with its labels.json
 *
 * Ranks are strict: the place of the right component among distinct components, whatever the verdict.
 */
import type { Capsule } from '../src/domain/capsule.ts';
import type { Report } from '../src/domain/report.ts';
import { NO_SPANS } from '../src/domain/spans.ts';
import { analyzeCapsule } from '../src/diagnosis/analyze-capsule.ts';
import { isRight, labelledCapsules, loadCapsule, type LabelledCapsule } from './labelled-capsules.ts';

interface Outcome {
  readonly set: string;
  readonly quiet: boolean;
  /** Place of the right component; Infinity where it is not named. */
  readonly rank: number;
  readonly fault: boolean | null;
  readonly change: boolean | null;
  readonly decoy: boolean | null;
  readonly falseAlarm: boolean;
  readonly confidence: number | null;
  readonly seconds: number;
}

const rankOf = ({ hypotheses }: Report, { label }: LabelledCapsule): { readonly rank: number; readonly fault: boolean | null } => {
  const seen = new Set<string>();
  for (const hypothesis of hypotheses) {
    seen.add(hypothesis.component.name.toLowerCase());
    if (!isRight(hypothesis.component, label)) continue;
    const words = [label.fault, ...(label.fault_also ?? [])];
    return { rank: seen.size, fault: label.fault === null ? null : words.includes(hypothesis.fault) };
  }
  return { rank: Number.POSITIVE_INFINITY, fault: null };
};

const outcomeOf = (report: Report, one: LabelledCapsule, seconds: number): Outcome => {
  const { label } = one;
  const quiet = label.verdict === 'no_incident';
  const [first] = report.hypotheses;
  const guilty = label.change_id ?? null;
  const scored = !quiet && (label.score_change === true || guilty !== null);
  const blamed = first?.change_id ?? null;
  const change = scored ? first !== undefined && blamed === guilty : null;
  return {
    set: one.set, quiet, ...rankOf(report, one), change, decoy: scored ? blamed !== null && change === false : null,
    falseAlarm: quiet && report.verdict === 'root_cause', confidence: first?.confidence ?? null, seconds,
  };
};

const WITHOUT: Readonly<Record<string, (capsule: Capsule) => Capsule>> = {
  'all signals': (capsule) => capsule,
  'without logs': (capsule) => ({ ...capsule, logs: [] }),
  'without traces': (capsule) => ({ ...capsule, spans: NO_SPANS }),
  'without metrics': (capsule) => ({ ...capsule, metrics: [] }),
  'without changes': (capsule) => ({ ...capsule, changes: [] }),
  'without topology': (capsule) => ({ ...capsule, topology: [] }),
  'without cluster state': (capsule) => ({ ...capsule, kubernetes: [] }),
};

const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length);
const share = (flags: readonly (boolean | null)[]): number | null => mean(flags.filter((flag) => flag !== null).map(Number));
const shown = (value: number | null): string => (value === null ? '–' : value.toFixed(3));

const calibrationError = (outcomes: readonly Outcome[]): number | null => {
  const points = outcomes.filter(({ confidence }) => confidence !== null);
  let sum = 0;
  for (let bin = 0; bin < 10; bin++) {
    const inside = points.filter(({ confidence }) => Math.min(9, Math.floor((confidence ?? 0) * 10)) === bin);
    sum += Math.abs(inside.reduce((total, { confidence, rank }) => total + (confidence ?? 0) - (rank === 1 ? 1 : 0), 0));
  }
  return points.length === 0 ? null : sum / points.length;
};

const rowOf = (name: string, outcomes: readonly Outcome[]): readonly string[] => {
  const incidents = outcomes.filter(({ quiet }) => !quiet);
  const sure = outcomes.filter(({ confidence, rank }) => (confidence ?? 0) >= 0.8 && rank !== 1);
  const seconds = outcomes.map((outcome) => outcome.seconds).sort((a, b) => a - b);
  return [
    name, String(outcomes.length), shown(share(incidents.map(({ rank }) => rank === 1))), shown(share(incidents.map(({ rank }) => rank <= 3))),
    shown(share(incidents.map(({ fault }) => fault))), shown(share(incidents.map(({ change }) => change))), shown(share(incidents.map(({ decoy }) => decoy))),
    shown(share(outcomes.filter(({ quiet }) => quiet).map(({ falseAlarm }) => falseAlarm))), shown(calibrationError(outcomes)), shown(sure.length / Math.max(1, outcomes.length)),
    (seconds[Math.floor(seconds.length * 0.95)] ?? 0).toFixed(2),
  ];
};

const HEAD = ['set', 'n', 'AC@1', 'AC@3', 'fault', 'change', 'decoy', 'false alarm', 'ECE', 'false-confident', 's p95'];

const print = (rows: readonly (readonly string[])[]): void => {
  console.log(`| ${HEAD.join(' | ')} |`);
  console.log(`|${HEAD.map(() => '---').join('|')}|`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
};

const run = async (cases: readonly LabelledCapsule[], change: (capsule: Capsule) => Capsule): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const one of cases) {
    const start = performance.now();
    const report = await analyzeCapsule(change(await loadCapsule(one)));
    outcomes.push(outcomeOf(report, one, (performance.now() - start) / 1000));
  }
  return outcomes;
};

const main = async (argv: readonly string[]): Promise<void> => {
  const root = argv.find((argument) => !argument.startsWith('--'));
  if (root === undefined) throw new Error('usage: node bench/rca.ts CAPSULES [--ablations]');
  const cases = labelledCapsules(root);
  const sets = [...new Set(cases.map(({ set }) => set))];
  for (const [name, change] of Object.entries(WITHOUT)) {
    if (name !== 'all signals' && !argv.includes('--ablations')) continue;
    console.log(`\n${name}\n`);
    const outcomes = await run(cases, change);
    print(sets.map((set) => rowOf(set, outcomes.filter((outcome) => outcome.set === set))));
  }
};

await main(process.argv.slice(2));
