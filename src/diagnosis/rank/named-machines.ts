/**
 * Several services write of trouble on one machine, by its name, while a resource of that machine is used far more than usual: a process knows the name of its host, and no other
 * fault makes different programs tell of the same one.
 */
import type { Finding } from '../../domain/finding.ts';
import { findingOf, hurts } from '../../signals/metrics/metric-findings.ts';
import type { MetricAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { componentOf, seriesComponent } from '../../signals/metrics/series-component.ts';
import { complaintsIn } from '../relate/complaints.ts';
import type { Health } from '../relate/health.ts';
import { risen } from '../relate/spent.ts';
import { isStore } from '../relate/store.ts';
import type { Crowding } from './crowding.ts';

/** One may write about a machine that it only calls. */
const MIN_WITNESSES = 2;
/** What is left of the suspicion of those who write, and of stores of which nobody knows where they run: one fault that explains several is likelier than one of each. */
const WITNESS = 0.3;
const MAY_RUN_THERE = 0.6;
/** Two samples of a minute each. */
const TOGETHER_MS = 120_000;
const MIN_STRENGTH = 4;
/** What a machine can run out of. */
const SPENT: ReadonlySet<string> = new Set(['cpu', 'memory', 'disk', 'io']);

/** Stores that wait longer since then and that no series places anywhere. */
const unplacedStores = ({ series }: MetricAnalysis, onset: number): readonly string[] => {
  const nameOf = (one: (typeof series)[number]): string => seriesComponent(one.series)?.name ?? '';
  const placed = new Set(series.filter(({ series: { labels } }) => labels['node'] !== undefined).map(nameOf));
  return series.filter((one) => one.meaning.quantity === 'latency' && one.shift !== null && one.shift.strength >= MIN_STRENGTH && hurts(one.meaning, one.shift) && Math.abs(one.shift.onset - onset) <= TOGETHER_MS)
    .map(nameOf).filter((name) => isStore(name) && !placed.has(name));
};

export const namedMachines = (all: ReadonlyMap<string, Health>, metrics: MetricAnalysis, findings: readonly Finding[]): Crowding => {
  const machines = [...all.values()].filter(({ kind }) => kind === 'node');
  const complaints = complaintsIn(findings, machines.map(({ name }) => name));
  const nodes = new Set<string>();
  const left = new Map<string, number>();
  const clues: Crowding['clues'][number][] = [];
  for (const { name, resources } of machines) {
    const told = complaints.filter(({ about }) => about === name);
    const witnesses = new Set(told.map(({ by }) => by));
    const spent = resources.filter((one) => SPENT.has(one.analysis.meaning.quantity) && one.strength >= MIN_STRENGTH && risen(one)).sort((a, b) => b.strength - a.strength)[0];
    const shift = spent?.analysis.shift ?? null;
    if (witnesses.size < MIN_WITNESSES || spent === undefined || shift === null) continue;
    nodes.add(name);
    for (const store of unplacedStores(metrics, shift.onset)) left.set(store, MAY_RUN_THERE);
    for (const witness of witnesses) left.set(witness, WITNESS);
    const shown = [findingOf(spent.analysis, shift), ...told.map(({ finding }) => finding)].slice(0, 4);
    const { quantity } = spent.analysis.meaning;
    clues.push({ component: componentOf('node', name), fault: quantity === 'io' ? 'disk' : (quantity as 'cpu' | 'memory' | 'disk'), points: Math.log2(1 + witnesses.size), leading: true, findings: shown, topic: 'tenants' });
  }
  return { nodes, left, clues };
};

/** Ids of lines that tell of a machine rather than of their writer. */
export const tellOfMachines = ({ nodes, clues }: Crowding): ReadonlySet<string> => new Set(clues.filter(({ component }) => nodes.has(component.name)).flatMap(({ findings }) => findings.filter(({ kind }) => kind === 'log_pattern').map(({ id }) => id)));
