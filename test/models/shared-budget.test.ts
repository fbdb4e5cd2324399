/** A storm that several processes meet at once, with one folder: together they stay under the cap. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileLedger } from '../../src/models/cost/file-ledger.ts';

interface Told {
  readonly reports: number;
  readonly worded: number;
  readonly budget: number;
}

const worker = async (folder: string, name: string): Promise<Told> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'shared-budget.worker.ts'), folder, name, '250'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await once(child, 'close');
  return JSON.parse(out) as Told;
};

it('1,000 incidents in four processes: 1,000 reports, at most the cap spent, nothing left set aside', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-shared-'));
  try {
    const told = await Promise.all(['a', 'b', 'c', 'd'].map((name) => worker(folder, name)));
    const sum = (pick: (one: Told) => number): number => told.reduce((total, one) => total + pick(one), 0);
    const day = Date.UTC(2026, 0, 15, 12);
    const ledger = fileLedger(folder);
    expect(sum(({ reports }) => reports)).toBe(1_000);
    expect(ledger.spentUsd(day)).toBeLessThanOrEqual(1);
    expect(ledger.heldUsd(day)).toBe(0);
    // A call costs 2.3 cents and sets aside a little more: 43 fit.
    expect(sum(({ worded }) => worded)).toBe(ledger.entries(day).length);
    expect(ledger.entries(day).length).toBeGreaterThan(30);
    expect(sum(({ worded }) => worded) + sum(({ budget }) => budget)).toBe(1_000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
