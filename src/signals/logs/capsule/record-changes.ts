/** What changed in structured records: per request where they name one, over time where not. */
import type { Span } from '../../../domain/capsule.ts';
import { strengthOf } from '../../traces/echo.ts';
import type { OperationEvents } from '../../traces/operation-events.ts';
import { operationsOf } from '../../traces/operations.ts';
import type { Phases } from '../../traces/phases.ts';
import { slotStart } from '../../traces/phases.ts';
import { spanTable } from '../../traces/span-table.ts';
import type { Change } from './change.ts';
import { earliestOnset, isGrave } from './change.ts';
import type { RecordTable } from './record-table.ts';
import type { RequestSample } from './request-sample.ts';
import { eventsOfSpans, eventsOfUnits } from './run-events.ts';
import { sliceChange } from './slice-change.ts';
import { Slices } from '../../traces/slices.ts';
import type { Statement } from './statements.ts';

export interface MinedRecords {
  readonly table: RecordTable;
  readonly statements: readonly Statement[];
  readonly statementOf: Int32Array;
  readonly phases: Phases;
  readonly spans: readonly Span[];
  readonly sample: RequestSample;
}

export const recordChanges = (mined: MinedRecords): Change[] => {
  if (mined.table.length === 0) return [];
  const slices = sliceCounts(mined);
  const changes = [...spanChanges(mined, slices), ...unitChanges(mined), ...sliceChanges(mined, slices)];
  return withFirstRecords(changes, mined);
};

/** Numbers of `service * statements + statement` that occur in known requests. */
const judgedKeys = ({ table, statements, statementOf }: MinedRecords): ReadonlySet<number> => {
  const keys = new Set<number>();
  for (let i = 0; i < table.length; i++) if (table.runs.at(i) >= 0) keys.add(table.services.at(i) * statements.length + (statementOf[table.rows.at(i)] ?? 0));
  return keys;
};

const sliceCounts = ({ table, statements, statementOf, phases }: MinedRecords): Slices => {
  const slices = new Slices(phases);
  for (let i = 0; i < table.length; i++) {
    const statement = statementOf[table.rows.at(i)] ?? 0;
    const known = statements[statement];
    // Records of a known request are counted in it; complaints are counted over time as well.
    if (table.runs.at(i) >= 0 && (known === undefined || !isGrave(known))) slices.cover(table.times.at(i));
    else slices.add(table.services.at(i) * statements.length + statement, table.times.at(i));
  }
  return slices;
};

const spanChanges = (mined: MinedRecords, slices: Slices): Change[] => {
  const { table, statementOf, phases } = mined;
  if (mined.spans.length === 0) return [];
  const spans = spanTable(mined.spans);
  const operations = operationsOf(spans);
  const events = eventsOfSpans({ table, statementOf, spans, operations, phases, wouldBeRead: ({ startMs, traceId }) => slices.isInside(startMs) && mined.sample.includes(traceId) });
  return runChanges(events, mined, (operation) => ({ service: operations.services[operation] ?? '', operation: operations.names[operation] ?? '' }));
};

const unitChanges = (mined: MinedRecords): Change[] => {
  const { table, statementOf, statements, phases } = mined;
  const events = eventsOfUnits(table, statementOf, statements.length, phases);
  return runChanges(events, mined, (operation) => ({
    service: table.names[Math.floor(operation / statements.length)] ?? '',
    operation: `requests that begin with ${statements[operation % statements.length]?.template.slice(0, 60) ?? ''}`,
  }));
};

const runChanges = (events: OperationEvents, { statements, phases }: MinedRecords, place: (operation: number) => { readonly service: string; readonly operation: string }): Change[] =>
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

const sliceChanges = (mined: MinedRecords, slices: Slices): Change[] => {
  const { table, statements, phases } = mined;
  const judged = judgedKeys(mined);
  return slices.contrasts().flatMap((found) => {
    const number = found.key % statements.length;
    const statement = statements[number];
    const service = table.names[Math.floor(found.key / statements.length)] ?? '';
    return statement === undefined ? [] : [sliceChange(found, { service, pod: null, number, statement }, phases, judged.has(found.key))];
  });
};

/** Onset of what rose: its first record from the cut on, instead of the bin's start; and the pod, where records name only one. */
const withFirstRecords = (changes: readonly Change[], { table, statements, statementOf, phases }: MinedRecords): Change[] => {
  const cuts = new Map<number, { readonly from: number; first: number; pod: number }>();
  const numberOfService = new Map(table.names.map((name, i) => [name, i]));
  const keyOf = (service: number, statement: number): number => service * statements.length + statement;
  for (const change of changes) {
    const key = keyOf(numberOfService.get(change.service) ?? -1, change.number);
    const from = earliestOnset(change, phases);
    const known = cuts.get(key);
    if (known === undefined || from < known.from) cuts.set(key, { from, first: Number.POSITIVE_INFINITY, pod: UNSEEN });
  }
  for (let i = 0; i < table.length; i++) {
    const cut = cuts.get(keyOf(table.services.at(i), statementOf[table.rows.at(i)] ?? 0));
    if (cut === undefined || !(table.times.at(i) >= cut.from)) continue;
    cut.first = Math.min(cut.first, table.times.at(i));
    cut.pod = cut.pod === UNSEEN || cut.pod === table.pods.at(i) ? table.pods.at(i) : SEVERAL;
  }
  return changes.map((change) => {
    const cut = cuts.get(keyOf(numberOfService.get(change.service) ?? -1, change.number));
    if (cut === undefined || change.contrast.surprise < 0 || !Number.isFinite(cut.first)) return change;
    return Object.assign({}, change, { onset: Math.floor(Math.max(cut.first, earliestOnset(change, phases))), pod: change.pod ?? table.names[cut.pod] ?? null });
  });
};

const UNSEEN = -3;
const SEVERAL = -2;
