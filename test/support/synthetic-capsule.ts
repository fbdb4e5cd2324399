/** A whole capsule for tests: a small shop with a call graph, into which a fault is put. */
import type { Capsule, Change, MetricSeries, TopologyEdge } from '../../src/domain/capsule.ts';
import { NO_SPANS } from '../../src/domain/spans.ts';
import { syntheticSeries, type SeriesPlan } from './synthetic-series.ts';

export const MINUTE = 60_000;
/** The window is [T0 + 60 min, T0 + 80 min); the hour before it is the baseline. */
export const T0 = Date.UTC(2025, 2, 3, 9);
export const FAULT_AT = T0 + 68 * MINUTE;

const EDGES: readonly TopologyEdge[] = [
  { source: 'web', destination: 'cart' }, { source: 'web', destination: 'order' }, { source: 'order', destination: 'pay' }, { source: 'order', destination: 'stock' }, { source: 'stock', destination: 'stock-db' },
];
export const SERVICES = ['web', 'cart', 'order', 'pay', 'stock', 'stock-db'] as const;
export type Service = (typeof SERVICES)[number];

const LEVELS: Readonly<Record<string, number>> = { cpu_usage: 20, memory_bytes: 3e8, latency_ms: 100, error_ratio: 0.004, request_rate: 50 };

/** For a service's metric: the level that it has from `FAULT_AT` on. */
export type Faults = Readonly<Partial<Record<Service, Readonly<Partial<Record<string, number>>>>>>;

export const shopMetrics = (faults: Faults, onset: number = FAULT_AT): readonly MetricSeries[] =>
  SERVICES.flatMap((service, index) =>
    Object.entries(LEVELS).map(([name, level]) => {
      const to = faults[service]?.[name];
      const plan: SeriesPlan = { name, labels: { service }, start: T0, intervalMs: MINUTE, samples: 80, level: level * (1 + index / 20), noise: 0.05 };
      return syntheticSeries(to === undefined ? plan : { ...plan, shift: { at: onset, to } });
    }),
  );

export const shopCapsule = (rest: Partial<Capsule> = {}): Capsule => ({
  id: 'shop', detectedAt: FAULT_AT + MINUTE, window: { start: T0 + 60 * MINUTE, end: T0 + 80 * MINUTE }, baseline: { start: T0, end: T0 + 60 * MINUTE }, collectedAt: null,
  symptom: null, alerts: [], metrics: [], spans: NO_SPANS, changes: [], topology: EDGES, kubernetes: [], runbooks: [], logs: [], gaps: [], ...rest,
});

export const change = (rest: Partial<Change> & Pick<Change, 'id' | 'time'>): Change => ({
  endedAt: null, kind: 'deployment', service: null, version: null, previousVersion: null, summary: null, author: null, diff: null, attributes: {}, ...rest,
});

/** Log lines as one NDJSON file of a capsule. */
export const logFile = (records: readonly { readonly at: number; readonly service: string; readonly level: string; readonly body: string }[]): Capsule['logs'][number] => {
  const text = records.map(({ at, service, level, body }) => JSON.stringify({ timestamp: new Date(at).toISOString(), severity_text: level, body, resource: { 'service.name': service } })).join('\n');
  const bytes = new TextEncoder().encode(`${text}\n`);
  return { file: 'logs/shop.ndjson', kind: 'ndjson', sizeBytes: bytes.length, isCompressed: false, chunks: () => [bytes] };
};
