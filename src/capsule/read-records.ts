/** changes.ndjson, alerts.ndjson and topology.csv. */
import type { CapsuleAlert, Change, ChangeKind, TopologyEdge } from '../domain/capsule.ts';
import { CHANGE_KINDS } from '../domain/capsule.ts';
import { parseInstant } from '../domain/instant.ts';
import type { JsonObject } from '../shared/json-fields.ts';
import { parseObject, stringMap, textField } from '../shared/json-fields.ts';
import { csvFields } from './csv-row.ts';
import type { LineGaps } from './line-gaps.ts';

export const MAX_RECORDS = 100_000;

const objects = function* (lines: Iterable<string>, gaps: LineGaps): Generator<{ readonly record: JsonObject; readonly lineNumber: number }> {
  let lineNumber = 0;
  let count = 0;
  for (const line of lines) {
    lineNumber += 1;
    if (line.trim() === '') continue;
    count += 1;
    if (count > MAX_RECORDS) {
      gaps.cut(`more than ${MAX_RECORDS} records`);
      return;
    }
    const record = parseObject(line);
    if (record === null) gaps.bad(lineNumber, 'no JSON object');
    else yield { record, lineNumber };
  }
};

const isChangeKind = (value: unknown): value is ChangeKind => CHANGE_KINDS.some((kind) => kind === value);

/** Changes by time, then kind and id. */
export const readChanges = (lines: Iterable<string>, gaps: LineGaps): Change[] => {
  const changes: Change[] = [];
  for (const { record, lineNumber } of objects(lines, gaps)) {
    const time = parseInstant(record['time']);
    const id = textField(record['id']);
    const kind = record['kind'];
    if (time === null || id === null || !isChangeKind(kind)) gaps.bad(lineNumber, 'a change without a valid time, kind or id');
    else {
      changes.push({
        time,
        endedAt: parseInstant(record['ended_at']),
        kind,
        id,
        service: textField(record['service']),
        version: textField(record['version']),
        previousVersion: textField(record['previous_version']),
        summary: textField(record['summary']),
        author: textField(record['author']),
        diff: textField(record['diff']),
        attributes: stringMap(record['attributes']),
      });
    }
  }
  return changes.sort((a, b) => a.time - b.time || compareText(a.kind, b.kind) || compareText(a.id, b.id));
};

/** Alerts by start, then labels. */
export const readAlerts = (lines: Iterable<string>, gaps: LineGaps): CapsuleAlert[] => {
  const alerts: { readonly alert: CapsuleAlert; readonly key: string }[] = [];
  for (const { record } of objects(lines, gaps)) {
    const endsAt = parseInstant(record['endsAt']);
    const alert: CapsuleAlert = {
      status: record['status'] === 'resolved' ? 'resolved' : 'firing',
      labels: stringMap(record['labels']),
      annotations: stringMap(record['annotations']),
      startsAt: parseInstant(record['startsAt']),
      endsAt: endsAt !== null && endsAt > 0 ? endsAt : null,
      generatorUrl: textField(record['generatorURL']),
    };
    alerts.push({ alert, key: JSON.stringify(Object.entries(alert.labels).sort(([a], [b]) => compareText(a, b))) });
  }
  return alerts.sort((a, b) => (a.alert.startsAt ?? 0) - (b.alert.startsAt ?? 0) || compareText(a.key, b.key)).map(({ alert }) => alert);
};

/** Edges by source and destination, each once. A header line is optional. */
export const readTopology = (lines: Iterable<string>, gaps: LineGaps): TopologyEdge[] => {
  const edges = new Map<string, TopologyEdge>();
  let lineNumber = 0;
  for (const line of lines) {
    lineNumber += 1;
    if (line.trim() === '') continue;
    if (edges.size >= MAX_RECORDS) {
      gaps.cut(`more than ${MAX_RECORDS} edges`);
      break;
    }
    const [source = '', destination = ''] = csvFields(line.replace(/^\uFEFF/, '')).map((field) => field.trim());
    if (lineNumber === 1 && source === 'source' && destination === 'destination') continue;
    if (source === '' || destination === '') gaps.bad(lineNumber, 'no `source,destination`');
    else edges.set(`${source}\n${destination}`, { source, destination });
  }
  return [...edges.values()].sort((a, b) => compareText(a.source, b.source) || compareText(a.destination, b.destination));
};

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
