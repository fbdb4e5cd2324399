/** What changed in raw text logs: each file through the log engine, its patterns over time. */
import type { Capsule, CapsuleLogFile } from '../../../domain/capsule.ts';
import { isErrorLevel } from '../../../domain/severity.ts';
import type { LogPattern, LogSummary, TimeSeries } from '../../../domain/log-summary.ts';
import type { Phases } from '../../traces/phases.ts';
import { createLogEngine } from '../engine.ts';
import type { Masker } from '../mask/masker.ts';
import type { Change } from './change.ts';
import { earliestOnset, isGrave } from './change.ts';
import { codeLocationOf } from './code-location.ts';
import { framesOf } from './frames.ts';
import { sliceChange } from './slice-change.ts';
import type { SliceContrast } from '../../traces/slices.ts';
import { Slices } from '../../traces/slices.ts';
import type { Statement } from './statements.ts';
import { turnoverOf } from './turnover.ts';
import { isShared, writerOf } from './writer.ts';

export interface TextChanges {
  readonly changes: readonly Change[];
  readonly gaps: readonly string[];
  readonly lines: number;
  readonly events: number;
  readonly patterns: number;
}

/** A raw text file as the log engine read it; plain data. */
export interface TextReading {
  readonly file: string;
  readonly summary: LogSummary;
  readonly gaps: readonly string[];
}

/** `firstNumber`: statements are numbered from here on. `services`: names that a file's name may hint at. `writers`: more names, which a line may begin with. */
export const textChanges = (readings: readonly TextReading[], phases: Phases, options: { readonly services: readonly string[]; readonly writers: readonly string[]; readonly firstNumber: number }): TextChanges => {
  const numbers = new Map<string, number>();
  const changes: Change[] = [];
  const gaps: string[] = [];
  const sums = { lines: 0, events: 0 };
  const services = new Set([...options.services, ...options.writers]);
  const recorded = new Set(readings.flatMap(({ summary }) => bucketsOf(summary).map(({ at }) => at)));
  for (const { file, summary, gaps: unread } of [...readings].sort((a, b) => (a.file < b.file ? -1 : 1))) {
    sums.lines += summary.lines;
    sums.events += summary.events;
    gaps.push(...unread, ...summary.gaps.map((gap) => `${file}: ${gap}`));
    changes.push(...changesOf(summary, { place: placeOfFile(file, options.services), services, recorded, phases, number: (template) => numberOf(numbers, template, options.firstNumber) }));
  }
  return { changes, gaps, ...sums, patterns: numbers.size };
};

const numberOf = (numbers: Map<string, number>, template: string, first: number): number => {
  const number = numbers.get(template) ?? first + numbers.size;
  numbers.set(template, number);
  return number;
};

export const readText = (file: CapsuleLogFile, { window, baseline }: Pick<Capsule, 'window' | 'baseline'>, masker: Masker): TextReading => {
  const gaps: string[] = [];
  const engine = createLogEngine({ referenceMs: window.end, masker, ...(baseline === null ? {} : { baseline }) });
  const sink = engine.open(file.file);
  for (const chunk of file.chunks((gap) => gaps.push(gap))) sink.write(chunk);
  sink.end();
  return { file: file.file, summary: engine.finish(), gaps };
};

interface Place {
  readonly service: string;
  readonly pod: string | null;
}

/** Of a file that several services write. */
const NOBODY: Place = { service: '', pod: null };

interface Source {
  readonly place: Place;
  readonly services: ReadonlySet<string>;
  /** When any of the files holds anything: logs were collected then. */
  readonly recorded: ReadonlySet<number>;
  readonly phases: Phases;
  readonly number: (template: string) => number;
}

const isComplaint = ({ level, exceptions }: LogPattern): boolean => isErrorLevel(level) || level === 'WARN' || Object.keys(exceptions).length > 0;

/** Of all that it writes, at least: it may add a word about itself. */
const COMPLAINTS = 0.9;

/** Whether a source writes hardly anything but complaints, so that it is silent while all is well. */
const isQuietByNature = ({ patterns }: LogSummary): boolean => {
  let all = 0;
  let complaints = 0;
  for (const pattern of patterns) {
    const events = pattern.count + pattern.baselineCount;
    all += events;
    if (isComplaint(pattern)) complaints += events;
  }
  return complaints >= COMPLAINTS * all;
};

const changesOf = (summary: LogSummary, { place: own, services, recorded, phases, number }: Source): Change[] => {
  const slices = new Slices(phases);
  // Where logs of others were recorded, silence is what is normal for it.
  for (const at of isQuietByNature(summary) ? recorded : bucketsOf(summary).map((bucket) => bucket.at)) slices.cover(at);
  summary.patterns.forEach((pattern, index) => {
    for (const { at, count } of bucketsOf(pattern)) slices.add(index, at, count);
  });
  const place = !services.has(own.service) && isShared(summary.patterns, services) ? NOBODY : own;
  const undated = summary.patterns.flatMap((pattern, key) => (bucketsOf(pattern).length === 0 ? [undatedSlice(key, pattern)] : []));
  const types = new Map(summary.exceptions.map(({ fingerprint, types: chain }) => [fingerprint, chain[0] ?? null]));
  const contrasts = slices.contrasts();
  const statements = summary.patterns.map((pattern) => statementOf(pattern, types));
  const turnover = turnoverOf(contrasts, (key) => statements[key] !== undefined && isGrave(statements[key]), phases);
  return [...contrasts, ...undated].flatMap((found) => {
    const pattern = summary.patterns[found.key];
    const statement = statements[found.key];
    if (pattern === undefined || statement === undefined) return [];
    const service = Object.entries(pattern.services).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? (place === NOBODY ? (writerOf(pattern, services) ?? '') : undefined);
    const where = service === undefined ? place : { service, pod: place.pod };
    const change = sliceChange(found, { ...where, number: number(pattern.template), statement }, phases, { judged: false, turnover });
    return [change.contrast.surprise < 0 ? change : withFirst(change, pattern, phases)];
  });
};

const withFirst = (change: Change, pattern: LogPattern, phases: Phases): Change => {
  const from = earliestOnset(change, phases);
  const first = pattern.series.buckets.find(({ first: at }) => at >= from)?.first;
  return first === undefined ? change : { ...change, onset: first };
};

/** A pattern whose lines carry no time: it was written, nobody knows when. */
const undatedSlice = (key: number, { count }: LogPattern): SliceContrast => ({
  key,
  kind: 'presence',
  contrast: { surprise: 0, cut: 1, onsetSlot: 1, isCurrent: true, hits: 1, total: 1, normalHits: 0, normalTotal: 0 },
  count,
  normalCount: 0,
  hasBaseline: false,
});

const bucketsOf = ({ series, baselineSeries }: { readonly series: TimeSeries; readonly baselineSeries: TimeSeries }): { readonly at: number; readonly count: number }[] =>
  [...baselineSeries.buckets, ...series.buckets].map(({ first, count }) => ({ at: first, count }));

const statementOf = (pattern: LogPattern, types: ReadonlyMap<string, string | null>): Statement => ({
  template: pattern.template,
  location: codeLocationOf(pattern.template),
  level: pattern.level,
  exception: Object.keys(pattern.exceptions).map((fingerprint) => types.get(fingerprint) ?? null)[0] ?? null,
  sample: pattern.samples[0]?.text.slice(0, MAX_SAMPLE_CHARS) ?? '',
  frames: framesOf(pattern.samples[0]?.text ?? ''),
});

const MAX_SAMPLE_CHARS = 400;

/** `logs/order-6c7f-x2x.log` ► order, where a service of that name is known: a file's name is a hint, not more. */
const placeOfFile = (file: string, services: readonly string[]): Place => {
  const name = (file.split('/').pop() ?? file).replace(/\.(?:log|txt)$/, '');
  if (services.includes(name)) return { service: name, pod: null };
  const prefix = services.filter((service) => name.startsWith(`${service}-`) || name.startsWith(`${service}_`) || name.startsWith(`${service}.`)).sort((a, b) => b.length - a.length)[0];
  return prefix === undefined ? { service: name, pod: null } : { service: prefix, pod: name };
};
