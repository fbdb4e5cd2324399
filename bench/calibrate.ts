/**
 * Fits the confidence model on labelled capsules and prints its reliability, cross-validated.
 *
 *   node bench/calibrate.ts CAPSULES [--write] [--cache DIR] [--samples FILE]
 *   node bench/calibrate.ts --from FILE,… [--write]
 *
 * CAPSULES: a folder of sets. --write replaces src/diagnosis/calibrate/calibration.ts; --samples keeps the features as JSON, and --from fits on such files.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FEATURES, featuresOf } from '../src/diagnosis/calibrate/features.ts';
import { circumstancesOf, suspectsOf } from '../src/diagnosis/diagnose.ts';
import { componentKey } from '../src/diagnosis/rank/clue.ts';
import { situationOf } from '../src/diagnosis/relate/situation.ts';
import { analyzeMetrics } from '../src/signals/metrics/analyze-metrics.ts';
import { DAMAGES, guiltyNames } from './damage/damages.ts';
import { randomOf } from './damage/random.ts';
import { isRight, type Label } from './labelled-capsules.ts';
import { fit, probability, type FitOptions, type Model, type Sample } from './logistic.ts';
import { CLEAN, plannedCases, snapshotsOf, type Snapshot } from './snapshots.ts';

interface CaseSamples {
  readonly set: string;
  readonly id: string;
  readonly damage: string;
  /** First the top hypothesis, then the best of up to two other components. */
  readonly samples: readonly Sample[];
}

/** A rival is a sample too, so that a narrow margin costs confidence; the top hypothesis is what is read. */
const RIVAL_WEIGHT = 0.1;
/** All damaged versions of a case together weigh this much beside the case itself: there are many, and each is a little like the case. */
const DAMAGED_WEIGHT = 3;

const samplesOf = ({ set, id, damage, label, capsule, findings, gaps, seen }: Snapshot, weight: number): CaseSamples => {
  const signals = { metrics: analyzeMetrics(capsule), findings, gaps, seen, logPatterns: { lines: 0, events: 0, patterns: 0 } };
  const situation = situationOf(capsule, signals);
  const suspects = suspectsOf(situation);
  const circumstances = circumstancesOf(situation);
  const known: Label = { ...label, components: guiltyNames(damage, capsule.id, label.components.map(({ name }) => name)).map((name) => ({ kind: 'service', name })) };
  const seenKeys = new Set<string>();
  const samples: Sample[] = [];
  for (const suspect of suspects) {
    const key = componentKey(suspect.component);
    if (seenKeys.has(key)) continue;
    seenKeys.add(key);
    const features = featuresOf(suspect, suspects, circumstances);
    const right = label.verdict === 'root_cause' && isRight(suspect.component, known);
    samples.push({ x: FEATURES.map((name) => features[name]), y: right ? 1 : 0, weight: weight * (samples.length === 0 ? 1 : RIVAL_WEIGHT) });
    if (samples.length === 3) break;
  }
  return { set, id, damage, samples };
};

const samplesOfCase = (snapshots: readonly Snapshot[]): readonly CaseSamples[] =>
  snapshots.map((snapshot) => samplesOf(snapshot, snapshot.damage === CLEAN ? 1 : DAMAGED_WEIGHT / (snapshots.length - 1))).filter(({ samples }) => samples.length > 0);

const SIGNS: Readonly<Record<(typeof FEATURES)[number], number>> = {
  strength: 1, ratio: 1, margin: 1, change: 1, weak: -1, contradicted: -1, changeElsewhere: -1, outOfGraph: -1, after: -1, refuted: -1, unknownNormal: -1, unseen: -1, blindSufferer: -1, unmapped: -1,
};
const OPTIONS: FitOptions = { l2: 0.0005, signs: FEATURES.map((name) => SIGNS[name]) };

/** Every set weighs as much as the square root of its size: a large one must not decide alone. */
const balanced = (cases: readonly CaseSamples[]): readonly Sample[] => {
  const sizes = new Map<string, number>();
  for (const { set, damage } of cases) if (damage === CLEAN) sizes.set(set, (sizes.get(set) ?? 0) + 1);
  return cases.flatMap(({ set, samples }) => samples.map(({ x, y, weight }) => ({ x, y, weight: weight / Math.sqrt(sizes.get(set) ?? 1) })));
};

interface Point {
  readonly set: string;
  readonly damage: string;
  readonly p: number;
  readonly y: 0 | 1;
}

const predict = (model: Model, cases: readonly CaseSamples[]): readonly Point[] =>
  cases.flatMap(({ set, damage, samples }) => samples.slice(0, 1).map((sample) => ({ set, damage, p: Math.min(0.97, Math.max(0.01, probability(model, sample.x))), y: sample.y })));

const ece = (points: readonly Point[]): number => {
  let sum = 0;
  for (const bin of bins(points)) sum += Math.abs(bin.confidence - bin.accuracy) * bin.n;
  return points.length === 0 ? 0 : sum / points.length;
};

/** Repetitions of a simulation; the second digit does not move any more. */
const DRAWS = 300;

/** The calibration error that a perfectly calibrated model would show on as many cases with the same confidences, by chance alone: mean, and what it exceeds once in twenty times. */
const chanceOf = (points: readonly Point[]): { readonly mean: number; readonly most: number } => {
  const random = randomOf('expected calibration error');
  const errors = Array.from({ length: DRAWS }, () => ece(points.map((point) => ({ ...point, y: random() < point.p ? (1 as const) : (0 as const) })))).sort((a, b) => a - b);
  return { mean: mean(errors), most: errors[Math.floor(DRAWS * 0.95)] ?? 0 };
};

interface Bin {
  readonly from: number;
  readonly n: number;
  readonly confidence: number;
  readonly accuracy: number;
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

const bins = (points: readonly Point[]): readonly Bin[] =>
  Array.from({ length: 10 }, (_, index) => {
    const inside = points.filter(({ p }) => Math.min(9, Math.floor(p * 10)) === index);
    return { from: index / 10, n: inside.length, confidence: mean(inside.map(({ p }) => p)), accuracy: mean(inside.map(({ y }) => y)) };
  }).filter(({ n }) => n > 0);

const falseConfident = (points: readonly Point[]): number => points.filter(({ p, y }) => p >= 0.8 && y === 0).length / Math.max(1, points.length);

const line = (name: string, points: readonly Point[]): string => {
  const chance = chanceOf(points);
  const right = points.filter(({ y }) => y === 1).length / Math.max(1, points.length);
  return `${name.padEnd(38)} n ${String(points.length).padStart(4)}  right ${right.toFixed(3)}  ECE ${ece(points).toFixed(3)} (by chance ${chance.mean.toFixed(3)}, at most ${chance.most.toFixed(3)})  false-confident ${falseConfident(points).toFixed(3)}`;
};

const FOLDS = 5;

const clean = (points: readonly Point[]): readonly Point[] => points.filter(({ damage }) => damage === CLEAN);
const damagedOnly = (points: readonly Point[]): readonly Point[] => points.filter(({ damage }) => damage !== CLEAN);

/** All versions of one case are in one fold. */
const crossValidate = (cases: readonly CaseSamples[], sets: readonly string[]): { readonly loso: readonly Point[]; readonly folds: readonly Point[] } => {
  const loso = sets.flatMap((set) => predict(fit(balanced(cases.filter((one) => one.set !== set)), OPTIONS), cases.filter((one) => one.set === set)));
  const ids = [...new Set(cases.map(({ set, id }) => `${set}/${id}`))];
  const foldOf = new Map(ids.map((id, index) => [id, index % FOLDS]));
  const inFold = ({ set, id }: CaseSamples): number => foldOf.get(`${set}/${id}`) ?? 0;
  const folds = Array.from({ length: FOLDS }, (_, fold) => predict(fit(balanced(cases.filter((one) => inFold(one) !== fold)), OPTIONS), cases.filter((one) => inFold(one) === fold))).flat();
  return { loso, folds };
};

const report = (name: string, points: readonly Point[], sets: readonly string[]): void => {
  console.log(`\n${name}`);
  for (const set of sets) {
    console.log(line(`  ${set}, clean`, clean(points).filter((point) => point.set === set)));
    console.log(line(`  ${set}, damaged`, damagedOnly(points).filter((point) => point.set === set)));
  }
  console.log(line('  all, clean', clean(points)));
  console.log(line('  all, damaged', damagedOnly(points)));
};

const table = (points: readonly Point[]): string =>
  bins(points).map(({ from, n, confidence, accuracy }) => ` *   ${from.toFixed(1)}-${(from + 0.1).toFixed(1)}  ${String(n).padStart(4)}   ${confidence.toFixed(3)}       ${accuracy.toFixed(3)}`).join('\n');

const source = (model: Model, cases: number, points: readonly Point[]): string => `/**
 * Weights of the confidence model: data, written by \`node bench/calibrate.ts CAPSULES --write\` from ${cases} labelled capsules. Do not edit.
 * Logistic regression, L2 ${OPTIONS.l2}, sets balanced, ${Object.keys(DAMAGES).length} damaged versions of each capsule included. Reliability of the first hypothesis, ${FOLDS}-fold cross-validated: clean ECE ${ece(clean(points)).toFixed(3)}, false-confident ${falseConfident(clean(points)).toFixed(3)};
 * damaged ECE ${ece(damagedOnly(points)).toFixed(3)}, false-confident ${falseConfident(damagedOnly(points)).toFixed(3)}. Clean and damaged together:
 *
 *   confidence  n   mean conf.  share right
${table(points)}
 */
import type { Features } from './features.ts';

export interface Calibration {
  readonly intercept: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
}

export const CALIBRATION: Calibration = {
  intercept: ${model.intercept.toFixed(4)},
  weights: { ${FEATURES.map((name, index) => `${name}: ${(model.weights[index] ?? 0).toFixed(4)}`).join(', ')} },
};
`;

const optionOf = (argv: readonly string[], name: string): string | null => (argv.includes(name) ? (argv[argv.indexOf(name) + 1] ?? null) : null);

const samplesAt = async (root: string, argv: readonly string[]): Promise<readonly CaseSamples[]> => {
  const all: CaseSamples[] = [];
  for (const { one, damages } of plannedCases(root, Object.keys(DAMAGES))) all.push(...samplesOfCase(await snapshotsOf(one, damages, optionOf(argv, '--cache'))));
  const kept = optionOf(argv, '--samples');
  if (kept !== null) writeFileSync(kept, JSON.stringify(all));
  return all;
};

const main = async (argv: readonly string[]): Promise<void> => {
  const [root] = argv;
  const earlier = optionOf(argv, '--from');
  if (root === undefined || (root.startsWith('--') && earlier === null)) throw new Error('usage: node bench/calibrate.ts CAPSULES [--write] [--cache DIR] [--samples FILE] | --from FILE,… [--write]');
  const all = earlier === null ? await samplesAt(root, argv) : earlier.split(',').flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as readonly CaseSamples[]);
  const sets = [...new Set(all.map(({ set }) => set))].sort();
  const { loso, folds } = crossValidate(all, sets);
  report('each set left out', loso, sets);
  report(`${FOLDS}-fold`, folds, sets);
  console.log('\nby damage, 5-fold');
  for (const damage of Object.keys(DAMAGES)) console.log(line(`  ${damage}`, folds.filter((point) => point.damage === damage)));
  const model = fit(balanced(all), OPTIONS);
  const text = source(model, clean(folds).length, folds);
  console.log(text);
  if (argv.includes('--write')) writeFileSync(join(import.meta.dirname, '../src/diagnosis/calibrate/calibration.ts'), text);
};

await main(process.argv.slice(2));
