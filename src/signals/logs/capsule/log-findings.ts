/** What the logs of a capsule testify, by service and pod. */
import type { Capsule } from '../../../domain/capsule.ts';
import type { Finding } from '../../../domain/finding.ts';
import { isErrorLevel } from '../../../domain/severity.ts';
import { echoes, isChoice, strengthOf } from '../../traces/echo.ts';
import type { OperationEvents } from '../../traces/operation-events.ts';
import { operationsOf } from '../../traces/operations.ts';
import type { Contrast, Phases } from '../../traces/phases.ts';
import { phasesOf, slotStart } from '../../traces/phases.ts';
import type { ServiceGraph } from '../../traces/service-graph.ts';
import { spanTable } from '../../traces/span-table.ts';
import { createMasker } from '../mask/masker.ts';
import type { ReadRecords } from './read-records.ts';
import { readRecords } from './read-records.ts';
import { eventsOfSpans, eventsOfUnits } from './run-events.ts';
import { Slices } from './slices.ts';
import type { Statement } from './statements.ts';
import { statementFinding } from './statement-finding.ts';

export interface LogSignals {
  /** Strongest first. */
  readonly findings: readonly Finding[];
  readonly gaps: readonly string[];
  readonly lines: number;
  readonly events: number;
  readonly patterns: number;
}

export type LogInput = Pick<Capsule, 'logs' | 'spans' | 'window' | 'baseline' | 'detectedAt'>;

const MAX_PER_SERVICE = 5;
const MIN_STRENGTH = 1;

/** What a statement's change in one place amounts to, before it is worded. */
interface Change {
  readonly service: string;
  readonly pod: string | null;
  readonly operation: string | null;
  readonly statement: Statement;
  readonly contrast: Contrast;
  readonly shares: string;
  readonly strength: number;
}

/** Reads the log files once; pure but for that, independent of the order of files and lines. */
export const capsuleLogFindings = (capsule: LogInput, graph: ServiceGraph): LogSignals => {
  const masker = createMasker();
  const phases = phasesOf(capsule);
  const records = readRecords(capsule.logs.filter(({ kind }) => kind === 'ndjson'), capsule.spans, masker);
  const { statements, statementOf } = records.statements.mine();
  const mined: Mined = { ...records, statementList: statements, statementOf, phases };
  const changes = strongest([...spanChanges(mined, capsule), ...unitChanges(mined), ...sliceChanges(mined)]);
  const isEcho = echoes(changes.map(({ service, strength, contrast }) => ({ service, strength, isChoice: isChoice(contrast) })), graph);
  const findings = changes.map((change, i) => toFinding(change, phases, isEcho[i] === true));
  return { findings, gaps: records.gaps, lines: records.lines, events: records.table.length, patterns: statements.length };
};

type Mined = ReadRecords & { readonly statementList: readonly Statement[]; readonly statementOf: Int32Array; readonly phases: Phases };

const spanChanges = (mined: Mined, { spans }: LogInput): Change[] => {
  if (spans.length === 0 || mined.table.length === 0) return [];
  const table = spanTable(spans);
  const operations = operationsOf(table);
  const events = eventsOfSpans({ table: mined.table, statementOf: mined.statementOf, spans: table, operations, phases: mined.phases });
  return runChanges(events, mined, (operation) => ({ service: operations.services[operation] ?? '', operation: operations.names[operation] ?? '' }));
};

const unitChanges = (mined: Mined): Change[] => {
  const { table, statementOf, statementList, phases } = mined;
  const events = eventsOfUnits(table, statementOf, statementList.length, phases);
  return runChanges(events, mined, (operation) => ({
    service: table.names[Math.floor(operation / statementList.length)] ?? '',
    operation: `requests that begin with ${statementList[operation % statementList.length]?.template.slice(0, 60) ?? ''}`,
  }));
};

const runChanges = (events: OperationEvents, { statementList }: Mined, place: (operation: number) => { readonly service: string; readonly operation: string }): Change[] =>
  events.contrasts().flatMap(({ operation, event, pod, contrast }) => {
    const statement = statementList[event];
    if (statement === undefined) return [];
    const { hits, total, normalHits, normalTotal } = contrast;
    const where = place(operation);
    const shares = `in ${hits} of ${total} runs of "${where.operation}", normally in ${normalHits} of ${normalTotal}`;
    return [{ ...where, pod, statement, contrast, shares, strength: strengthOf(contrast) * (isChoice(contrast) ? CHOICE_WEIGHT : 1) }];
  });

/** A shift of what was always a matter of input says less than an invariant that broke. */
const CHOICE_WEIGHT = 0.6;
/** Without a request to count in, load moves everything that is no error. */
const LOAD_WEIGHT = 0.5;

const sliceChanges = ({ table, statementOf, statementList, phases }: Mined): Change[] => {
  const slices = new Slices(phases);
  const keyOf = (index: number): number => table.services.at(index) * statementList.length + (statementOf[table.rows.at(index)] ?? 0);
  for (let i = 0; i < table.length; i++) {
    const at = table.times.at(i);
    if (table.runs.at(i) >= 0) slices.cover(at);
    else slices.add(keyOf(i), at);
  }
  const contrasts = slices.contrasts().filter(({ contrast }) => strengthOf(contrast) >= MIN_STRENGTH);
  const pods = podsOf(new Set(contrasts.map(({ key }) => key)), table, keyOf);
  return contrasts.flatMap(({ key, kind, contrast, count, normalCount }) => {
    const statement = statementList[key % statementList.length];
    if (statement === undefined) return [];
    const grave = isErrorLevel(statement.level) || statement.level === 'WARN' || statement.exception !== null;
    const weight = grave && contrast.surprise > 0 ? 1 : LOAD_WEIGHT;
    const service = table.names[Math.floor(key / statementList.length)] ?? '';
    const shares = `${kind === 'burst' ? 'in bursts: ' : ''}${count} times, in ${contrast.hits} of ${contrast.total} time slices (normally ${normalCount} times, in ${contrast.normalHits} of ${contrast.normalTotal})`;
    return [{ service, pod: pods.get(key) ?? null, operation: null, statement, contrast, shares, strength: strengthOf(contrast) * weight }];
  });
};

/** For each key its pod in the window, where it has only one. */
const podsOf = (keys: ReadonlySet<number>, table: Mined['table'], keyOf: (index: number) => number): ReadonlyMap<number, string | null> => {
  const pods = new Map<number, string | null>();
  for (let i = 0; i < table.length; i++) {
    const key = table.runs.at(i) >= 0 ? -1 : keyOf(i);
    if (!keys.has(key)) continue;
    const pod = table.names[table.pods.at(i)] ?? null;
    pods.set(key, pods.has(key) && pods.get(key) !== pod ? null : pod);
  }
  return pods;
};

/** Strongest first, a few a service; changes of records that name no service belong to none and are left out. */
const strongest = (changes: readonly Change[]): Change[] => {
  const perService = new Map<string, number>();
  return changes
    .filter(({ service, strength }) => service !== '' && strength >= MIN_STRENGTH)
    .sort((a, b) => b.strength - a.strength || compareText(sortKey(a), sortKey(b)))
    .filter(({ service }) => {
      const seen = perService.get(service) ?? 0;
      perService.set(service, seen + 1);
      return seen < MAX_PER_SERVICE;
    });
};

const sortKey = ({ service, operation, statement }: Change): string => `${service}\n${operation ?? ''}\n${statement.template}`;
const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
const share = (hits: number, total: number): number => Math.round((1000 * hits) / Math.max(1, total)) / 1000;

const toFinding = (change: Change, phases: Phases, echo: boolean): Finding =>
  statementFinding({
    ...change,
    rose: change.contrast.surprise > 0,
    role: echo ? 'symptom' : 'cause',
    onset: slotStart(phases, change.contrast.cut),
    observed: share(change.contrast.hits, change.contrast.total),
    expected: share(change.contrast.normalHits, change.contrast.normalTotal),
  });
