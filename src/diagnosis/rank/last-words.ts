/**
 * Who writes that a process of it ends, or that its cluster lost a member, just before its callers begin to fail, is why they fail. A death happens once: how often it is
 * written says nothing, and the complaints of those who go on calling will always be more.
 */
import type { Finding } from '../../domain/finding.ts';
import type { EpochMs } from '../../domain/time.ts';
import { matchKnownFailures } from '../../signals/logs/knowledge/match-known-failures.ts';
import { intervalOf } from '../../signals/metrics/samples.ts';
import { complaintsIn } from '../relate/complaints.ts';
import type { CallGraph } from '../relate/call-graph.ts';
import type { Health } from '../relate/health.ts';
import { isNearlyFull, risen } from '../relate/spent.ts';
import type { Clue } from './clue.ts';
import { callersFail } from './silence-clues.ts';

/** What a program that catches its own panics writes: nobody died. */
const SURVIVED = /recover|panic serving/i;
const MIN_FINDING = 1.5;
/** Clocks differ a little. */
const EARLY_MS = 30_000;
/** Steps of the callers' metrics until their failures show, and what is allowed where nobody measures failures. */
const NEAR_STEPS = 4;
const LATE_MS = 120_000;
/** A caller that writes of failures from this strength on fails. */
const CALLER_FAILS = 4;
/** As much as a restart that callers feel. */
const POINTS = 4.5;

const NOBODY: ReadonlySet<string> = new Set();

export interface LastWords {
  readonly clues: readonly Clue[];
  /** Who was away: whatever its callers fail of from then on is its doing. */
  readonly dead: ReadonlySet<string>;
}

const isDeath = ({ kind, role, strength, onset, indicator, samples }: Finding): boolean =>
  kind === 'log_pattern' && role === 'cause' && strength >= MIN_FINDING && onset !== null && ![indicator, ...samples].some((text) => SURVIVED.test(text)) &&
  matchKnownFailures({ texts: [indicator] }).some(({ failure: { id, terminal } }) => terminal === 'killed' || terminal === 'stopped' || id === 'member_lost');

/** Who dies of a full disk dies, too; the disk is why. */
const isFull = (name: string, findings: readonly Finding[], all: ReadonlyMap<string, Health>): boolean =>
  (all.get(name)?.resources ?? []).some((one) => one.analysis.meaning.quantity === 'disk' && risen(one) && isNearlyFull(one)) ||
  findings.some(({ kind, role, component, indicator }) => kind === 'log_pattern' && role === 'cause' && component.name === name && matchKnownFailures({ texts: [indicator] }).some(({ failure: { fault } }) => fault === 'disk' || fault === 'storage'));

/** Samples of failures come once a step; without any, a minute or two have to do. */
const stepOf = (name: string, all: ReadonlyMap<string, Health>, graph: CallGraph): number =>
  Math.max(0, ...[...(graph.callers.get(name) ?? [])].map((caller) => {
    const errors = all.get(caller)?.errors ?? null;
    return errors === null ? 0 : (intervalOf(errors.analysis.window.times) ?? 0);
  }));

const callersWrite = (name: string, at: EpochMs, findings: readonly Finding[], graph: CallGraph): boolean =>
  findings.some(({ kind, role, strength, onset, component }) => kind === 'log_pattern' && role !== 'context' && strength >= CALLER_FAILS && onset !== null && graph.callers.get(name)?.has(component.name) === true && onset >= at - EARLY_MS && onset <= at + LATE_MS);

export const lastWords = (findings: readonly Finding[], all: ReadonlyMap<string, Health>, graph: CallGraph): LastWords => {
  const clues: Clue[] = [];
  const dead = new Set<string>();
  const told = findings.filter(isDeath);
  // Who writes that another one died is not the one who died.
  const ofOthers = told.length === 0 ? NOBODY : new Set(complaintsIn(findings, graph.names).map(({ finding }) => finding.id));
  const deaths = told.filter(({ id }) => !ofOthers.has(id)).sort((a, b) => (a.onset ?? 0) - (b.onset ?? 0) || (a.id < b.id ? -1 : 1));
  for (const death of deaths) {
    const { component, onset } = death;
    if (onset === null || dead.has(component.name)) continue;
    const late = Math.max(LATE_MS, NEAR_STEPS * stepOf(component.name, all, graph));
    if (!callersFail(component.name, onset - EARLY_MS, onset + late, all, graph) && !callersWrite(component.name, onset, findings, graph)) continue;
    dead.add(component.name);
    const shown = deaths.filter((one) => one.component.name === component.name).slice(0, 3);
    clues.push({ component, fault: isFull(component.name, findings, all) ? 'disk' : 'crash', points: POINTS, leading: true, findings: shown, topic: 'silence' });
  }
  return { clues, dead };
};
