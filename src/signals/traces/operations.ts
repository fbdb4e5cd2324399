/** Numbers for the operations (service and normalised span name) of a span table. */
import { OperationNames } from './operation-name.ts';
import type { SpanTable } from './span-table.ts';

export interface Operations {
  /** Operation of each span; -1 where the span names no service. */
  readonly of: Int32Array;
  readonly services: readonly string[];
  readonly names: readonly string[];
}

export const operationsOf = ({ spans }: SpanTable): Operations => {
  const names = new OperationNames();
  const byService = new Map<string, Map<string, number>>();
  const operations = { of: new Int32Array(spans.length).fill(-1), services: [] as string[], names: [] as string[] };
  spans.forEach((span, index) => {
    if (span.service === '') return;
    let known = byService.get(span.service);
    if (known === undefined) {
      known = new Map();
      byService.set(span.service, known);
    }
    const name = names.of(span.name);
    let id = known.get(name);
    if (id === undefined) {
      id = operations.names.length;
      known.set(name, id);
      operations.names.push(name);
      operations.services.push(span.service);
    }
    operations.of[index] = id;
  });
  return operations;
};
