/** What is added to a capsule and has nothing to do with its incident: noise, strangers, releases of the innocent. */
import type { Capsule, Change, MetricSeries } from '../../src/domain/capsule.ts';
import { gaussian, randomOf } from './random.ts';
import { servicesOf } from './services.ts';

/** Heavy-tailed, wandering, or spiking: none of them reacts to the incident. */
const SHAPES: readonly ((random: () => number, before: number) => number)[] = [
  (random) => 100 + 10 * gaussian(random),
  (random, before) => before + gaussian(random),
  (random) => Math.exp(1.2 * gaussian(random)) * 10,
  (random) => (random() < 0.04 ? 400 + 200 * random() : 20 + gaussian(random)),
];

const noise = (name: string, labels: MetricSeries['labels'], { times, file }: MetricSeries, shape: number): MetricSeries => {
  const random = randomOf(`${name} ${JSON.stringify(labels)} ${times.length}`);
  let before = 100;
  const values = times.map(() => {
    before = (SHAPES[shape % SHAPES.length] ?? SHAPES[0])?.(random, before) ?? 0;
    return Math.abs(before);
  });
  return { name, labels, file, times, values };
};

const longest = (capsule: Capsule): MetricSeries | null => capsule.metrics.reduce<MetricSeries | null>((best, series) => (best === null || series.times.length > best.times.length ? series : best), null);

/** Four metrics that mean nothing, for every service there is. */
export const withNoisySeries = (capsule: Capsule): Capsule => {
  const clock = longest(capsule);
  if (clock === null) return capsule;
  const names = ['cache_entries', 'build_info_age_seconds', 'gc_pause_samples', 'worker_cpu_ticks'];
  return { ...capsule, metrics: [...capsule.metrics, ...servicesOf(capsule).slice(0, 60).flatMap((service) => names.map((name, shape) => noise(name, { service }, clock, shape)))] };
};

/** Ten services that nobody calls, whose ordinary metrics are noise. */
export const withNoisyServices = (capsule: Capsule): Capsule => {
  const clock = longest(capsule);
  if (clock === null) return capsule;
  const names = ['cpu_usage', 'memory_usage_bytes', 'request_latency_ms', 'error_count'];
  return { ...capsule, metrics: [...capsule.metrics, ...Array.from({ length: 10 }, (_, k) => names.map((name, shape) => noise(name, { service: `stranger-${k}` }, clock, shape + k))).flat()] };
};

const AGES_MS = [120_000, 300_000, 1_100_000] as const;

export const DECOY_IDS: readonly string[] = ['decoy-1', 'decoy-2', 'decoy-3'];

/** Releases of three other services in the twenty minutes before somebody noticed, with the riskiest kind of edit. */
export const withDecoys = (capsule: Capsule, guilty: readonly string[]): Capsule => {
  const random = randomOf(`decoys ${capsule.id}`);
  const innocent = servicesOf(capsule).filter((name) => !guilty.some((one) => one.toLowerCase().includes(name.toLowerCase()) || name.toLowerCase().includes(one.toLowerCase())));
  if (innocent.length === 0) return capsule;
  const decoys = DECOY_IDS.map((id, k): Change => ({
    time: capsule.detectedAt - (AGES_MS[k] ?? 0), endedAt: null, kind: k === 1 ? 'config' : 'deployment', id, service: innocent[Math.floor(random() * innocent.length)] ?? null, version: 'v9', previousVersion: 'v8',
    summary: 'fix: limits and retries', author: null, diff: '--- a/config.yaml\n+++ b/config.yaml\n-timeout_ms: 800\n+timeout_ms: 300\n-pool: 20\n+pool: 10', attributes: {},
  }));
  return { ...capsule, changes: [...capsule.changes, ...decoys].sort((a, b) => a.time - b.time) };
};
