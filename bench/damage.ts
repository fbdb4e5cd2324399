/**
 * Accuracy and honesty on damaged capsules: what is lost, cut, mistimed, renamed, noisy or misleading (`damage/damages.ts`).
 *
 *   node bench/damage.ts CAPSULES [--only TEXT] [--every N] [--cache DIR]
 *
 * One table a figure, damages down, sets across. A cell counts only the cases that the damage changes. --cache keeps what the engines of logs, traces and
 * cluster state found (delete it when one of them changes); --every N takes each Nth case of a set.
 */
import { diagnose } from '../src/diagnosis/diagnose.ts';
import { analyzeMetrics } from '../src/signals/metrics/analyze-metrics.ts';
import type { Report } from '../src/domain/report.ts';
import { DECOY_IDS } from './damage/additions.ts';
import { DAMAGES, guiltyNames } from './damage/damages.ts';
import { isRight, type Label } from './labelled-capsules.ts';
import { CLEAN, plannedCases, snapshotsOf, type Snapshot } from './snapshots.ts';

interface Outcome {
  readonly set: string;
  readonly damage: string;
  readonly quiet: boolean;
  readonly right: boolean;
  readonly fault: boolean | null;
  readonly change: boolean | null;
  readonly decoy: boolean;
  readonly alarm: boolean;
  readonly confidence: number | null;
  /** The report says more in `gaps` than the one of the undamaged capsule. */
  readonly said: boolean | null;
}

const outcomeOf = (snapshot: Snapshot, report: Report, cleanGaps: ReadonlySet<string> | null): Outcome => {
  const { set, damage, label, capsule } = snapshot;
  const names = guiltyNames(damage, capsule.id, label.components.map(({ name }) => name));
  const known: Label = { ...label, components: names.map((name) => ({ kind: 'service', name })) };
  const [first] = report.hypotheses;
  const own = report.hypotheses.find(({ component }) => isRight(component, known));
  const blamed = first?.change_id ?? null;
  return {
    set, damage, quiet: label.verdict === 'no_incident', right: first !== undefined && isRight(first.component, known),
    fault: own === undefined || label.fault === null ? null : [label.fault, ...(label.fault_also ?? [])].includes(own.fault),
    change: label.verdict === 'root_cause' && (label.score_change === true || (label.change_id ?? null) !== null) ? first !== undefined && blamed === (label.change_id ?? null) : null,
    decoy: blamed !== null && (DECOY_IDS.includes(blamed) || (label.score_change === true && blamed !== label.change_id)),
    alarm: label.verdict === 'no_incident' && report.verdict === 'root_cause',
    confidence: first?.confidence ?? null,
    said: cleanGaps === null ? null : report.gaps.some((gap) => !cleanGaps.has(gap)),
  };
};

const reportOf = ({ capsule, findings, gaps, seen }: Snapshot): Report => diagnose(capsule, { metrics: analyzeMetrics(capsule), findings, gaps, seen, logPatterns: { lines: 0, events: 0, patterns: 0 } }, 'en');

const outcomesOf = (snapshots: readonly Snapshot[]): readonly Outcome[] => {
  const clean = snapshots.find(({ damage }) => damage === CLEAN);
  const cleanReport = clean === undefined ? null : reportOf(clean);
  const cleanGaps = cleanReport === null ? null : new Set(cleanReport.gaps);
  return snapshots.map((snapshot) => outcomeOf(snapshot, snapshot === clean && cleanReport !== null ? cleanReport : reportOf(snapshot), snapshot === clean ? null : cleanGaps));
};

const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length);
const shareOf = (flags: readonly (boolean | null)[]): number | null => mean(flags.filter((flag) => flag !== null).map(Number));
const isSure = ({ confidence }: Outcome): boolean => (confidence ?? 0) >= 0.8;
const incidents = (outcomes: readonly Outcome[]): readonly Outcome[] => outcomes.filter(({ quiet }) => !quiet);

const calibrationError = (outcomes: readonly Outcome[]): number | null => {
  const points = outcomes.filter(({ confidence }) => confidence !== null);
  let sum = 0;
  for (let bin = 0; bin < 10; bin++) sum += Math.abs(points.filter(({ confidence }) => Math.min(9, Math.floor((confidence ?? 0) * 10)) === bin).reduce((total, { confidence, right }) => total + (confidence ?? 0) - Number(right), 0));
  return points.length === 0 ? null : sum / points.length;
};

const FIGURES: Readonly<Record<string, (outcomes: readonly Outcome[]) => number | null>> = {
  cases: (outcomes) => outcomes.length,
  'AC@1 (incidents)': (outcomes) => shareOf(incidents(outcomes).map(({ right }) => right)),
  'fault, where the component is named': (outcomes) => shareOf(outcomes.map(({ fault }) => fault)),
  'change right': (outcomes) => shareOf(outcomes.map(({ change }) => change)),
  'wrong change blamed': (outcomes) => shareOf(incidents(outcomes).map(({ decoy }) => decoy)),
  'confident (0.8 or more) and wrong, of all': (outcomes) => shareOf(outcomes.map((outcome) => isSure(outcome) && !outcome.right)),
  'mean confidence (incidents)': (outcomes) => mean(incidents(outcomes).map(({ confidence }) => confidence ?? 0)),
  'calibration error': calibrationError,
  'false alarms on quiet cases': (outcomes) => shareOf(outcomes.filter(({ quiet }) => quiet).map(({ alarm }) => alarm)),
  'says more in gaps': (outcomes) => shareOf(outcomes.map(({ said }) => said)),
};

const shown = (value: number | null): string => (value === null ? '–' : Number.isInteger(value) && value > 1 ? String(value) : value.toFixed(2));

const print = (outcomes: readonly Outcome[], damages: readonly string[], sets: readonly string[]): void => {
  for (const [figure, compute] of Object.entries(FIGURES)) {
    console.log(`\n${figure}\n\n| damage | ${sets.join(' | ')} | all |\n|---|${[...sets, ''].map(() => '---').join('|')}|`);
    for (const damage of damages) {
      const row = outcomes.filter((outcome) => outcome.damage === damage);
      console.log(`| ${damage} | ${[...sets.map((set) => row.filter((outcome) => outcome.set === set)), row].map((cell) => (cell.length === 0 ? '' : shown(compute(cell)))).join(' | ')} |`);
    }
    console.log(`| all | ${[...sets.map((set) => outcomes.filter((outcome) => outcome.set === set)), outcomes].map((cell) => shown(compute(cell))).join(' | ')} |`);
  }
};

const optionOf = (argv: readonly string[], name: string): string | null => (argv.includes(name) ? (argv[argv.indexOf(name) + 1] ?? null) : null);

const main = async (argv: readonly string[]): Promise<void> => {
  const [root] = argv;
  if (root === undefined || root.startsWith('--')) throw new Error('usage: node bench/damage.ts CAPSULES [--only TEXT] [--every N] [--cache DIR]');
  const only = optionOf(argv, '--only');
  const every = Math.max(1, Math.floor(Number(optionOf(argv, '--every') ?? '1')));
  const chosen = Object.keys(DAMAGES).filter((name) => only === null || name.includes(only));
  const outcomes: Outcome[] = [];
  for (const [index, { one, damages }] of plannedCases(root, chosen).entries()) {
    if (index % every !== 0) continue;
    outcomes.push(...outcomesOf(await snapshotsOf(one, damages, optionOf(argv, '--cache'))));
  }
  print(outcomes, [CLEAN, ...chosen], [...new Set(outcomes.map(({ set }) => set))].sort());
};

await main(process.argv.slice(2));
