/** The moment between looking and writing, in which another process writes first. */
import type * as FileSystem from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fileLedger } from './file-ledger.ts';

const seam: { beforeAppend: (() => void) | null } = { beforeAppend: null };
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof FileSystem>();
  return {
    ...fs,
    appendFileSync: (path: string, text: string) => {
      const first = seam.beforeAppend;
      seam.beforeAppend = null;
      first?.();
      fs.appendFileSync(path, text);
    },
  };
});

const NOON = Date.UTC(2026, 0, 15, 12);
const LIMITS = { dayUsd: 5, incidentUsd: 5 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faultline-ledger-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['both fit', 2, 3, true],
  ['only one fits: the one whose line stands first', 3, 3, false],
])('%s', (_, theirUsd, ourUsd, granted) => {
  const [ours, theirs] = [fileLedger(folder), fileLedger(folder)];
  const got: (string | null)[] = [];
  seam.beforeAppend = () => got.push(theirs.hold(NOON, { incident: 'i2', usd: theirUsd }, LIMITS));
  const our = ours.hold(NOON, { incident: 'i1', usd: ourUsd }, LIMITS);
  expect(got).toHaveLength(1);
  expect(got[0]).not.toBeNull();
  expect(our !== null).toBe(granted);
  expect([ours.heldUsd(NOON), theirs.heldUsd(NOON)]).toEqual(granted ? [5, 5] : [3, 3]);
});
