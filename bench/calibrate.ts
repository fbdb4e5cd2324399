/**
 * Fits the confidence model on labelled capsules and prints its reliability, cross-validated.
 *
 *   node bench/calibrate.ts CAPSULES [--write]     CAPSULES: a folder of sets; --write replaces src/diagnosis/calibrate/calibration.ts
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Capsule } from '../src/domain/capsule.ts';
import { signalsOf } from '../src/diagnosis/analyze-capsule.ts';
import { FEATURES, featuresOf } from '../src/diagnosis/calibrate/features.ts';
import { circumstancesOf, suspectsOf } from '../src/diagnosis/diagnose.ts';
import { componentKey } from '../src/diagnosis/rank/clue.ts';
import { everyOtherSpan } from './every-other-span.ts';
import { isRight, labelledCapsules, loadCapsule, type Label, type LabelledCapsule } from './labelled-capsules.ts';
import { fit, probability, type FitOptions, type Model, type Sample } from './logistic.ts';

interface CaseSamples {
  readonly set: string;
  readonly id: string;
  /** First the top hypothesis, then the best of up to two other components. */
  readonly samples: readonly Sample[];
  /** The same of its damaged versions; trained on, never scored. */
  readonly damaged: readonly Sample[];
}

/** A rival is a sample too, so that a narrow margin costs confidence; the top hypothesis is what is read. */
const RIVAL_WEIGHT = 0.1;

/** Worse versions of a capsule teach what a missing baseline, missing samples and missing signals cost. */
const DAMAGES: readonly ((capsule: Capsule) => Capsule)[] = [
  (capsule) => ({ ...capsule, baseline: null }),
  (capsule) => ({ ...capsule, logs: [], spans: everyOtherSpan(capsule.spans), metrics: capsule.metrics.filter((_series, index) => index % 2 === 0) }),
];
const DAMAGED_WEIGHT = 0.12;
/** Cluster state has no baseline to lose. */
const isDamageable = ({ kubernetes }: Capsule): boolean => kubernetes.length === 0;

const samplesOf = async (one: LabelledCapsule): Promise<CaseSamples> => {
  const capsule = await loadCapsule(one);
  const damaged = isDamageable(capsule) ? DAMAGES.flatMap((damage) => samplesOfCapsule(damage(capsule), one.label)) : [];
  return { set: one.set, id: one.id, samples: samplesOfCapsule(capsule, one.label), damaged: damaged.map(({ x, y, weight }) => ({ x, y, weight: weight * DAMAGED_WEIGHT })) };
};

const samplesOfCapsule = (capsule: Capsule, label: Label): readonly Sample[] => {
  const signals = signalsOf(capsule);
  const suspects = suspectsOf(capsule, signals);
  const circumstances = circumstancesOf(capsule, signals);
  const seen = new Set<string>();
  const samples: Sample[] = [];
  for (const suspect of suspects) {
    const key = componentKey(suspect.component);
    if (seen.has(key)) continue;
    seen.add(key);
    const features = featuresOf(suspect, suspects, circumstances);
    const right = label.verdict === 'root_cause' && isRight(suspect.component, label);
    samples.push({ x: FEATURES.map((name) => features[name]), y: right ? 1 : 0, weight: samples.length === 0 ? 1 : RIVAL_WEIGHT });
    if (samples.length === 3) break;
  }
  return samples;
};

const SIGNS: Readonly<Record<(typeof FEATURES)[number], number>> = { strength: 1, ratio: 1, margin: 1, agreement: 1, crowd: -1, confirmed: 1, confirmedLead: 1, refuted: -1, own: 1, change: 1, weak: -1, doubt: -1, unknownNormal: -1 };
const OPTIONS: FitOptions = { l2: 0.002, signs: FEATURES.map((name) => SIGNS[name]) };

/** Every set weighs as much as the square root of its size: a large one must not decide alone. */
const balanced = (cases: readonly CaseSamples[]): readonly Sample[] => {
  const sizes = new Map<string, number>();
  for (const { set } of cases) sizes.set(set, (sizes.get(set) ?? 0) + 1);
  return cases.flatMap(({ set, samples, damaged }) => [...samples, ...damaged].map(({ x, y, weight }) => ({ x, y, weight: weight / Math.sqrt(sizes.get(set) ?? 1) })));
};

interface Point {
  readonly p: number;
  readonly y: 0 | 1;
}

const predict = (model: Model, cases: readonly CaseSamples[]): readonly Point[] =>
  cases.flatMap(({ samples }) => samples.slice(0, 1).map((sample) => ({ p: Math.min(0.97, Math.max(0.01, probability(model, sample.x))), y: sample.y })));

const ece = (points: readonly Point[]): number => {
  let sum = 0;
  for (const bin of bins(points)) sum += Math.abs(bin.confidence - bin.accuracy) * bin.n;
  return points.length === 0 ? 0 : sum / points.length;
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

const line = (name: string, points: readonly Point[]): string =>
  `${name.padEnd(34)} n ${String(points.length).padStart(3)}  right ${(points.filter(({ y }) => y === 1).length / Math.max(1, points.length)).toFixed(3)}  ECE ${ece(points).toFixed(3)}  false-confident ${falseConfident(points).toFixed(3)}`;

const FOLDS = 5;

const crossValidate = (cases: readonly CaseSamples[], sets: readonly string[]): { readonly loso: readonly Point[]; readonly folds: readonly Point[] } => {
  const loso = sets.flatMap((set) => {
    const points = predict(fit(balanced(cases.filter((one) => one.set !== set)), OPTIONS), cases.filter((one) => one.set === set));
    console.log(line(`left out: ${set}`, points));
    return points;
  });
  const folds = Array.from({ length: FOLDS }, (_, fold) => {
    const inFold = cases.map((_one, index) => index % FOLDS === fold);
    return predict(fit(balanced(cases.filter((_one, index) => inFold[index] === false)), OPTIONS), cases.filter((_one, index) => inFold[index] === true));
  }).flat();
  return { loso, folds };
};

const table = (points: readonly Point[]): string =>
  bins(points).map(({ from, n, confidence, accuracy }) => ` *   ${from.toFixed(1)}-${(from + 0.1).toFixed(1)}  ${String(n).padStart(4)}   ${confidence.toFixed(3)}       ${accuracy.toFixed(3)}`).join('\n');

const source = (model: Model, cases: number, points: readonly Point[]): string => `/**
 * Weights of the confidence model: data, written by \`node bench/calibrate.ts CAPSULES --write\` from ${cases} labelled capsules. Do not edit.
 * Logistic regression, L2 ${OPTIONS.l2}, sets balanced, damaged versions of each capsule included. Reliability of the first hypothesis, ${FOLDS}-fold cross-validated (ECE ${ece(points).toFixed(3)}, false-confident ${falseConfident(points).toFixed(3)}):
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

const main = async (argv: readonly string[]): Promise<void> => {
  const root = argv.find((argument) => !argument.startsWith('--'));
  if (root === undefined) throw new Error('usage: node bench/calibrate.ts CAPSULES [--write]');
  const all: CaseSamples[] = [];
  for (const one of labelledCapsules(root)) {
    const samples = await samplesOf(one);
    if (samples.samples.length > 0) all.push(samples);
  }
  const sets = [...new Set(all.map(({ set }) => set))].sort();
  const { loso, folds } = crossValidate(all, sets);
  console.log(line('leave one set out, all', loso));
  console.log(line(`${FOLDS}-fold, all`, folds));
  const model = fit(balanced(all), OPTIONS);
  for (const set of sets) console.log(line(`fitted on all: ${set}`, predict(model, all.filter((one) => one.set === set))));
  console.log(source(model, all.length, folds));
  if (argv.includes('--write')) writeFileSync(join(import.meta.dirname, '../src/diagnosis/calibrate/calibration.ts'), source(model, all.length, folds));
};

await main(process.argv.slice(2));
