/** Numbers for the operations (service and normalised span name) of spans. */
import type { Spans } from '../../domain/spans.ts';
import { OperationNames } from './operation-name.ts';

export interface Operations {
  /** Operation of each span; -1 where the span names no service. */
  readonly of: Int32Array;
  readonly services: readonly string[];
  readonly names: readonly string[];
}

export const operationsOf = (spans: Spans): Operations => {
  const names = new OperationNames();
  const operations = { of: new Int32Array(spans.length).fill(-1), services: [] as string[], names: [] as string[] };
  const numberOfText = new Map<string, number>();
  const numberOfPair = new Map<number, number>();
  const learn = (service: string, spanName: string): number => {
    if (service === '') return -1;
    const name = names.of(spanName);
    const key = `${service}\n${name}`;
    let number = numberOfText.get(key);
    if (number === undefined) {
      number = operations.names.length;
      numberOfText.set(key, number);
      operations.names.push(name);
      operations.services.push(service);
    }
    return number;
  };
  for (let index = 0; index < spans.length; index++) {
    const service = spans.services[index] ?? 0;
    const name = spans.operations[index] ?? 0;
    const pair = service * spans.names.length + name;
    let number = numberOfPair.get(pair);
    if (number === undefined) {
      number = learn(spans.names[service] ?? '', spans.names[name] ?? '');
      numberOfPair.set(pair, number);
    }
    operations.of[index] = number;
  }
  return operations;
};
