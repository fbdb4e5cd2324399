import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BudgetNotice } from '../../ports/budget-notice.ts';
import { createBudgetWatch, fileNotices, memoryNotices } from './budget-watch.ts';

const NOTICE: BudgetNotice = { level: 'warn', day: '2026-01-15', incident: null, spentUsd: 11, limitUsd: 10 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faultline-notices-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const watch = (book = fileNotices(folder), fails = false) => {
  const told: BudgetNotice[] = [];
  const notify = (notice: BudgetNotice) => {
    told.push(notice);
    return fails ? Promise.reject(new Error('away')) : Promise.resolve();
  };
  return { told, ...createBudgetWatch([{ notify }], book) };
};

describe.each([['in memory', () => memoryNotices()], ['in a folder', () => fileNotices(folder)]])('budget watch %s', (_, book) => {
  it('tells each level, day and incident once', async () => {
    const one = watch(book());
    const others: readonly Partial<BudgetNotice>[] = [{}, {}, { level: 'page' }, { day: '2026-01-16' }, { incident: 'i1' }, { incident: 'i2' }, { incident: 'i1' }];
    for (const other of others) one.reached({ ...NOTICE, ...other });
    expect(await one.settled()).toEqual([]);
    expect(one.told.map(({ level, day, incident }) => [level, day, incident])).toEqual([['warn', '2026-01-15', null], ['page', '2026-01-15', null], ['warn', '2026-01-16', null], ['warn', '2026-01-15', 'i1'], ['warn', '2026-01-15', 'i2']]);
  });
});

describe('budget watch of several processes', () => {
  it('tells once for all of them', async () => {
    const [one, two] = [watch(), watch()];
    one.reached(NOTICE);
    two.reached(NOTICE);
    await Promise.all([one.settled(), two.settled()]);
    expect([one.told.length, two.told.length]).toEqual([1, 0]);
  });

  it('what one could not deliver another tries, and no process tries twice', async () => {
    const [one, two] = [watch(undefined, true), watch()];
    one.reached(NOTICE);
    expect(await one.settled()).toEqual(['away']);
    one.reached(NOTICE);
    expect(one.told).toHaveLength(1);
    two.reached(NOTICE);
    await two.settled();
    expect(two.told).toHaveLength(1);
  });

  it('a folder that cannot be written: told all the same', async () => {
    const one = watch(fileNotices('/dev/null/x'));
    one.reached(NOTICE);
    await one.settled();
    expect(one.told).toHaveLength(1);
  });
});
