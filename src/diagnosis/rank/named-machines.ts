/**
 * Several services write of trouble on one machine, by its name, while a resource of that machine is used far more than usual: a process knows the name of its host, and no other
 * fault makes different programs tell of the same one.
 */
import type { Finding } from '../../domain/finding.ts';
import { findingOf, hurts } from '../../signals/metrics/metric-findings.ts';
import type { MetricAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { complaintsIn } from '../relate/complaints.ts';
import type { Health } from '../relate/health.ts';
import { risen } from '../relate/spent.ts';
import { isStore } from '../relate/store.ts';
import { type Crowding, machineClue, MAY_RUN_THERE, MIN_STRENGTH, nameOf, placedIn, SQUEEZED, TOGETHER_MS } from './crowding.ts';

/** One may write about a machine that it only calls. */
const MIN_WITNESSES = 2;
/** What a machine can run out of. */
const SPENT: ReadonlySet<string> = new Set(['cpu', 'memory', 'disk', 'io']);

/** Stores that wait longer since then and that no series places anywhere. */
const unplacedStores = (metrics: MetricAnalysis, onset: number): readonly string[] => {
  const placed = placedIn(metrics);
  return metrics.series.filter((one) => one.meaning.quantity === 'latency' && one.shift !== null && one.shift.strength >= MIN_STRENGTH && hurts(one.meaning, one.shift) && Math.abs(one.shift.onset - onset) <= TOGETHER_MS)
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
    for (const witness of witnesses) left.set(witness, SQUEEZED);
    const shown = [findingOf(spent.analysis, shift), ...told.map(({ finding }) => finding)].slice(0, 4);
    const { quantity } = spent.analysis.meaning;
    clues.push(machineClue(name, quantity === 'io' ? 'disk' : (quantity as 'cpu' | 'memory' | 'disk'), witnesses.size, shown));
  }
  return { nodes, left, clues };
};

/** Ids of lines that tell of a machine rather than of their writer. */
export const tellOfMachines = ({ nodes, clues }: Crowding): ReadonlySet<string> => new Set(clues.filter(({ component }) => nodes.has(component.name)).flatMap(({ findings }) => findings.filter(({ kind }) => kind === 'log_pattern').map(({ id }) => id)));
