/** The `Events:` table at the end of a describe block. */
import { toRfc3339 } from '../../../domain/time.ts';
import { linesBelow, type DescribeNode } from './describe-tree.ts';
import type { JsonObject } from './json-value.ts';
import type { KubeObject, PrintedFile } from './kube-object.ts';
import { parseAgeMs } from './printed-values.ts';
import { readTable } from './text-table.ts';

export const MAX_EVENTS_OF_OBJECT = 200;

/** `20s (x7 over 3m)`: last seen 20 s ago, first seen 3 min ago, 7 times. */
export const parseEventAge = (text: string, printedAt: number): { readonly first: string | undefined; readonly last: string | undefined; readonly count: number } => {
  const match = /^(\S{1,20})(?:\s+\(x(\d{1,9}) over (\S{1,20})\))?/.exec(text.trim());
  const last = parseAgeMs(match?.[1] ?? null);
  const first = parseAgeMs(match?.[3] ?? match?.[1] ?? null);
  const iso = (age: number | null): string | undefined => (age === null ? undefined : toRfc3339(printedAt - age));
  return { first: iso(first), last: iso(last), count: match?.[2] === undefined ? 1 : Number(match[2]) };
};

/** An event in the shape of the API. `key` tells equal events of one object apart and keeps ids independent of order. */
export const eventObject = (about: { kind: string; namespace: string | null; name: string }, body: JsonObject, file: string, key: string): KubeObject => ({
  kind: 'Event',
  namespace: about.namespace,
  name: `${about.kind}/${about.name}/${key}`,
  form: 'table',
  file,
  body: { ...body, involvedObject: { kind: about.kind, name: about.name, namespace: about.namespace ?? undefined } },
});

export const describeEvents = (about: KubeObject, node: DescribeNode | undefined, printed: PrintedFile): readonly KubeObject[] => {
  const [header, ...lines] = linesBelow(node);
  if (header === undefined || !/\bReason\b/.test(header)) return [];
  const rows = readTable(header, lines.filter((line) => !/^\s*-+\s/.test(line)).slice(0, MAX_EVENTS_OF_OBJECT)).rows;
  return rows.map((row) => {
    const age = parseEventAge(row['Age'] ?? '', printed.printedAt);
    const body = {
      type: row['Type'],
      reason: row['Reason'],
      message: row['Message'],
      count: age.count,
      firstTimestamp: age.first,
      lastTimestamp: age.last,
      source: { component: row['From'] },
    };
    return eventObject(about, body, printed.file, `${row['Reason'] ?? ''}:${row['Message'] ?? ''}`);
  });
};
