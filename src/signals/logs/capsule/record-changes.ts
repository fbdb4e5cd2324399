/** What changed in structured records: per request where they name one, over time where not. */
import { strengthOf } from '../../traces/echo.ts';
import type { OperationEvents } from '../../traces/operation-events.ts';
import { slotStart } from '../../traces/phases.ts';
import { Slices } from '../../traces/slices.ts';
import type { TracePhases } from '../../traces/trace-phases.ts';
import type { Change } from './change.ts';
import { earliestOnset, isGrave } from './change.ts';
import type { RunRecords } from './run-events.ts';
import { eventsOfSpans, eventsOfUnits } from './run-events.ts';
import { sliceChange } from './slice-change.ts';
import type { Statement } from './statements.ts';
import { turnoverOf } from './turnover.ts';

export interface MinedRecords extends RunRecords {
  readonly statements: readonly Statement[];
  readonly traced: TracePhases;
}

export const recordChanges = (mined: MinedRecords): Change[] => {
  if (mined.table.length === 0) return [];
  const slices = sliceCounts(mined);
  const changes = [...spanChanges(mined, slices), ...unitChanges(mined), ...sliceChanges(mined, slices)];
  return withFirstRecords(changes, mined);
};

/** Numbers of `service * statements + statement` that occur in known requests. */
const judgedKeys = ({ table, statements, statementOf, runs }: MinedRecords): ReadonlySet<number> => {
  const keys = new Set<number>();
  let last = -1;
  for (let i = 0; i < table.length; i++) {
    if ((runs.of[i] ?? -1) < 0) continue;
    const key = table.serviceAt(i) * statements.length + (statementOf[table.rows.at(i)] ?? 0);
    if (key !== last) keys.add(key);
    last = key;
  }
  return keys;
};

const sliceCounts = ({ table, statements, statementOf, runs, traced }: MinedRecords): Slices => {
  const slices = new Slices(traced.phases);
  const grave = Uint8Array.from(statements, (statement) => (isGrave(statement) ? 1 : 0));
  for (let i = 0; i < table.length; i++) {
    const statement = statementOf[table.rows.at(i)] ?? 0;
    // Records of a known request are counted in it; complaints are counted over time as well.
    if ((runs.of[i] ?? -1) >= 0 && grave[statement] !== 1) slices.cover(table.times.at(i));
    else slices.add(table.serviceAt(i) * statements.length + statement, table.times.at(i));
  }
  return slices;
};

const spanChanges = (mined: MinedRecords, slices: Slices): Change[] => {
  const { traced } = mined;
  const { operations, table } = traced;
  if (table.spans.length === 0) return [];
  // The logs of a span that wrote nothing must have been recorded then: else its silence says nothing.
  const events = eventsOfSpans(mined, traced, (span) => slices.isInside(table.startMs[span] ?? Number.NaN));
  return runChanges(events, mined, (operation) => ({ service: operations.services[operation] ?? '', operation: operations.names[operation] ?? '' }));
};

const unitChanges = (mined: MinedRecords): Change[] => {
  const { names, statements, traced } = mined;
  const events = eventsOfUnits(mined, statements.length, traced.phases);
  return runChanges(events, mined, (operation) => ({
    service: names[Math.floor(operation / statements.length)] ?? '',
    operation: `requests that begin with ${statements[operation % statements.length]?.template.slice(0, 60) ?? ''}`,
  }));
};

const runChanges = (events: OperationEvents, { statements, traced: { phases } }: MinedRecords, place: (operation: number) => { readonly service: string; readonly operation: string }): Change[] =>
  events.contrasts((event) => isOrdinary(statements[event])).flatMap(({ operation, event, pod, contrast, isSwap }) => {
    const statement = statements[event];
    if (statement === undefined) return [];
    const { hits, total, normalHits, normalTotal } = contrast;
    const where = place(operation);
    const shares = `in ${hits} of ${total} runs of "${where.operation}", normally in ${normalHits} of ${normalTotal}`;
    const strength = strengthOf(contrast, isSwap);
    return [{ ...where, pod, number: event, statement, contrast, shares, strength, onset: slotStart(phases, contrast.onsetSlot), isNews: true }];
  });

const isOrdinary = (statement: Statement | undefined): boolean => statement !== undefined && !isGrave(statement);

const isComplaint = (statement: Statement | undefined): boolean => statement !== undefined && isGrave(statement);

const sliceChanges = (mined: MinedRecords, slices: Slices): Change[] => {
  const { names, statements, traced } = mined;
  const judged = judgedKeys(mined);
  const contrasts = slices.contrasts();
  const turnover = turnoverOf(contrasts, (key) => isComplaint(statements[key % statements.length]), traced.phases);
  return contrasts.flatMap((found) => {
    const number = found.key % statements.length;
    const statement = statements[number];
    const service = names[Math.floor(found.key / statements.length)] ?? '';
    return statement === undefined ? [] : [sliceChange(found, { service, pod: null, number, statement }, traced.phases, { judged: judged.has(found.key), turnover })];
  });
};

/** Onset of what rose: its first record from the cut on, instead of the bin's start; and the pod, where records name only one. */
const withFirstRecords = (changes: readonly Change[], { table, names, statements, statementOf, traced: { phases } }: MinedRecords): Change[] => {
  const cuts = new Map<number, { readonly from: number; first: number; pod: number }>();
  const numberOfService = new Map(names.map((name, i) => [name, i]));
  const keyOf = (service: number, statement: number): number => service * statements.length + statement;
  for (const change of changes) {
    const key = keyOf(numberOfService.get(change.service) ?? -1, change.number);
    const from = earliestOnset(change, phases);
    const known = cuts.get(key);
    if (known === undefined || from < known.from) cuts.set(key, { from, first: Number.POSITIVE_INFINITY, pod: UNSEEN });
  }
  const wanted = new Uint8Array(statements.length);
  for (const { number } of changes) wanted[number] = 1;
  for (let i = 0; i < table.length; i++) {
    if (wanted[statementOf[table.rows.at(i)] ?? 0] !== 1) continue;
    const cut = cuts.get(keyOf(table.serviceAt(i), statementOf[table.rows.at(i)] ?? 0));
    if (cut === undefined || !(table.times.at(i) >= cut.from)) continue;
    cut.first = Math.min(cut.first, table.times.at(i));
    cut.pod = cut.pod === UNSEEN || cut.pod === table.podAt(i) ? table.podAt(i) : SEVERAL;
  }
  return changes.map((change) => {
    const cut = cuts.get(keyOf(numberOfService.get(change.service) ?? -1, change.number));
    if (cut === undefined || change.contrast.surprise < 0 || !Number.isFinite(cut.first)) return change;
    return Object.assign({}, change, { onset: Math.floor(Math.max(cut.first, earliestOnset(change, phases))), pod: change.pod ?? names[cut.pod] ?? null });
  });
};

const UNSEEN = -3;
const SEVERAL = -2;
