import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAULT_AT, change, logFile, MINUTE, shopCapsule, shopMetrics, T0 } from '../../../test/support/synthetic-capsule.ts';
import type { Capsule } from '../../domain/capsule.ts';
import type { Report } from '../../domain/report.ts';
import { MAX_CHART_POINTS, MAX_CHARTS, MAX_MAP_EDGES, MAX_MAP_NODES, MAX_MARKS, MAX_PATTERNS, type ReportView } from '../../domain/report-view.ts';
import { signalsOf } from '../analyze-capsule.ts';
import { diagnose } from '../diagnose.ts';
import { chartRuns } from './chart-points.ts';
import { reportViewOf } from './report-view.ts';

const viewed = (rest: Partial<Capsule>): { readonly report: Report; readonly view: ReportView } => {
  const capsule = shopCapsule(rest);
  const signals = signalsOf(capsule);
  const report = diagnose(capsule, signals, 'en');
  return { report, view: reportViewOf(capsule, signals, report, 'en') };
};

const METRICS = shopMetrics({ stock: { cpu_usage: 97, latency_ms: 900 }, order: { latency_ms: 900 }, web: { latency_ms: 900 } });
const SYMPTOM = { service: 'web', metric: 'latency', description: 'shop is slow, call kim@example.com' };

describe('view of a report', () => {
  const { report, view } = viewed({ metrics: METRICS, symptom: SYMPTOM, changes: [change({ time: FAULT_AT - MINUTE, id: 'stock-7', service: 'stock', summary: 'rotate password=hunter2secret' })] });

  it('draws what the first hypothesis cites, and the symptom', () => {
    expect(report.hypotheses[0]?.component.name).toBe('stock');
    const roles = view.charts.map(({ role, component, metric }) => `${role} ${component ?? ''} ${metric}`);
    expect(roles).toContain('blamed stock cpu_usage');
    expect(roles).toContain('symptom web latency_ms');
    for (const { runs, band, onset, shown } of view.charts) {
      expect(band).not.toBeNull();
      expect(onset).toBe(FAULT_AT);
      for (const { at } of runs.flat()) expect(at >= shown.start && at < shown.end).toBe(true);
    }
  });

  it('leads from who suffers to who is blamed', () => {
    const states = new Map(view.map.nodes.map(({ name, state }) => [name, state]));
    expect([states.get('stock'), states.get('order'), states.get('web'), states.get('pay')]).toEqual(['blamed', 'path', 'path', 'normal']);
    expect(view.map.edges.filter(({ state }) => state === 'path').map(({ source, destination }) => `${source}>${destination}`)).toEqual(expect.arrayContaining(['web>order', 'order>stock']));
  });

  it('puts onsets, changes and detection in time order, and masks what people wrote', () => {
    const { timeline } = view;
    expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).sort((a, b) => a - b));
    expect(new Set(timeline.map(({ kind }) => kind))).toEqual(new Set(['onset', 'change', 'detected']));
    expect(JSON.stringify(view)).not.toMatch(/hunter2secret|kim@example\.com/);
  });

  it('does not depend on the order of series, and is the same every time', () => {
    expect(viewed({ metrics: [...METRICS].reverse(), symptom: SYMPTOM, changes: [] }).view).toEqual(viewed({ metrics: METRICS, symptom: SYMPTOM, changes: [] }).view);
  });

  it('is bounded, whatever the capsule holds', () => {
    const topology = Array.from({ length: 3000 }, (_, i) => ({ source: `s${i % 90}`, destination: `s${(i * 7 + 1) % 90}` }));
    const changes = Array.from({ length: 500 }, (_, i) => change({ time: FAULT_AT - i * 1000, id: `c${i}`, service: 'stock' }));
    const alerts = Array.from({ length: 500 }, (_, i) => ({ status: 'firing' as const, labels: { alertname: `A${i}`, service: 'web' }, annotations: {}, startsAt: FAULT_AT + i, endsAt: null, generatorUrl: null }));
    const lines = Array.from({ length: 600 }, (_, i) => ({ at: FAULT_AT + i * 1000, service: `s${i % 40}`, level: 'ERROR', body: `${'abcdefghij'[i % 10]} failed` }));
    const big = viewed({ metrics: METRICS, symptom: SYMPTOM, topology, changes, alerts, logs: [logFile(lines)] }).view;
    expect(big.map.nodes.length).toBeLessThanOrEqual(MAX_MAP_NODES);
    expect(big.map.edges.length).toBeLessThanOrEqual(MAX_MAP_EDGES);
    expect(big.map.left).toBeGreaterThan(50);
    expect(big.timeline.length).toBeLessThanOrEqual(MAX_MARKS);
    expect(big.charts.length).toBeLessThanOrEqual(MAX_CHARTS);
    expect(big.patterns.length).toBeLessThanOrEqual(MAX_PATTERNS);
    expect(big.timeline.some(({ kind }) => kind === 'detected')).toBe(true);
  });

  it('of an empty capsule is empty', () => {
    const { view: nothing } = viewed({ metrics: [], topology: [], changes: [] });
    expect(nothing).toMatchObject({ charts: [], map: { nodes: [], edges: [], left: 0 }, patterns: [], titles: [] });
    expect(nothing.timeline).toHaveLength(1);
  });
});

describe('points of a chart', () => {
  const samples = fc.array(fc.record({ step: fc.constantFrom(1000, 1000, 1000, 1000, 60_000), value: fc.double({ noNaN: true, noDefaultInfinity: true }) }), { maxLength: 3000 });

  it('are few, in order, and keep the extremes', () => {
    fc.assert(fc.property(samples, (list) => {
      let at = T0;
      const times = Float64Array.from(list, ({ step }) => (at += step));
      const values = Float64Array.from(list, ({ value }) => value);
      const points = chartRuns({ times, values }).flat();
      expect(points.length).toBeLessThanOrEqual(MAX_CHART_POINTS);
      for (let i = 1; i < points.length; i++) expect((points[i]?.at ?? 0) > (points[i - 1]?.at ?? 0)).toBe(true);
      if (list.length <= MAX_CHART_POINTS) expect(points).toHaveLength(list.length);
    }), { numRuns: 40 });
  });

  it.each([500, 2000, 4000])('show a single spike among %d samples', (count) => {
    const times = Float64Array.from({ length: count }, (_, i) => T0 + i * 1000);
    const values = Float64Array.from({ length: count }, (_, i) => (i === 333 ? 99 : i === 400 ? -99 : i % 3));
    const shown = chartRuns({ times, values }).flat().map(({ value }) => value);
    expect([Math.max(...shown), Math.min(...shown)]).toEqual([99, -99]);
    expect(shown.length).toBeGreaterThan(MAX_CHART_POINTS / 2);
  });

  it('break where samples are missing', () => {
    const times = Float64Array.from([0, 1, 2, 3, 10, 11, 12, 30].map((second) => T0 + second * 1000));
    expect(chartRuns({ times, values: new Float64Array(8) }).map((run) => run.length)).toEqual([4, 3, 1]);
  });
});
