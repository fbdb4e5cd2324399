import { describe, expect, it } from 'vitest';
import { FAULT_AT, logFile, MINUTE, shopCapsule, shopMetrics, T0 } from '../../../test/support/synthetic-capsule.ts';
import { analyzeCapsule } from '../analyze-capsule.ts';

const METRICS = shopMetrics({ stock: { error_ratio: 0.9 }, order: { error_ratio: 0.85 }, web: { error_ratio: 0.8 } }).filter(({ name, labels }) => name !== 'error_ratio' || labels['service'] !== 'stock-db');

/** Quiet lines of everybody, complaints of the caller, and what the store writes. */
const firstOf = async (service: string, body: string, at: number): Promise<string> => {
  const quiet = ['stock', 'stock-db'].flatMap((one) => Array.from({ length: 79 }, (_, i) => ({ at: T0 + i * MINUTE, service: one, level: 'INFO', body: 'served a page' })));
  const complaints = Array.from({ length: 60 }, (_, i) => ({ at: FAULT_AT + 2_000 + i * 10_000, service: 'stock', level: 'ERROR', body: `query of shelf failed: no shard answers` }));
  const words = Array.from({ length: 4 }, (_, i) => ({ at: at + i * 500, service, level: 'ERROR', body }));
  const records = [...quiet, ...complaints, ...words].sort((a, b) => a.at - b.at);
  const { hypotheses: [one] } = await analyzeCapsule(shopCapsule({ metrics: METRICS, logs: [logFile(records)], symptom: { service: 'stock', metric: 'errors', description: null } }));
  return `${one?.component.name} ${one?.fault}`;
};

describe('last words', () => {
  it.each(['fatal error in thread [search], exiting', 'Out of memory: Killed process 7 (store)', 'cluster lost a node: node-left, reason: disconnected'])('"%s" of a store are why its caller begins to fail, however much the caller writes', async (body) => {
    expect(await firstOf('stock-db', body, FAULT_AT)).toBe('stock-db crash');
  });

  it('of a full disk are the disk\'s', async () => {
    expect(await firstOf('stock-db', 'PANIC: could not write: no space left on device, was terminated by signal 6', FAULT_AT)).toBe('stock-db disk');
  });

  it('long before the caller fails, of somebody whom it does not call, or survived, are not', async () => {
    expect(await firstOf('stock-db', 'fatal error in thread [search], exiting', FAULT_AT - 6 * MINUTE)).not.toBe('stock-db crash');
    expect(await firstOf('cart', 'fatal error in thread [search], exiting', FAULT_AT)).not.toBe('cart crash');
    expect(await firstOf('stock-db', 'http: panic serving, panic: bad page (recovered)', FAULT_AT)).not.toBe('stock-db crash');
  });
});
