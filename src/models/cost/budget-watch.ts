/** Tells once a day and level that a budget is reached, whatever the number of calls and of processes that notice it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BudgetNotice, BudgetNotifier } from '../../ports/budget-notice.ts';
import { messageOf } from '../../shared/errors.ts';
import { fingerprint } from '../../shared/hash.ts';

export interface BudgetWatch {
  reached(notice: BudgetNotice): void;
  /** Resolves when every notice has been delivered or given up: the reasons of those that failed. Never rejects. */
  settled(): Promise<readonly string[]>;
}

export const silentWatch: BudgetWatch = { reached: () => {}, settled: () => Promise.resolve([]) };

/** Which notices have been sent. */
export interface NoticeBook {
  /** False where somebody has it already. */
  claim(key: string): boolean;
  /** It could not be delivered: another process may try. */
  giveBack(key: string): void;
}

export const memoryNotices = (): NoticeBook => {
  const claimed = new Set<string>();
  return {
    claim: (key) => !claimed.has(key) && claimed.add(key).has(key),
    giveBack: () => {},
  };
};

/** One empty file a notice: making it (`O_EXCL`) is the claim. */
export const fileNotices = (root: string): NoticeBook => {
  const folder = join(root, 'notices');
  const local = memoryNotices();
  return {
    claim: (key) => {
      if (!local.claim(key)) return false;
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, key), '', { flag: 'wx' });
        return true;
      } catch (error) {
        // Told twice is better than not at all.
        return !(error instanceof Error && 'code' in error && error.code === 'EEXIST');
      }
    },
    giveBack: (key) => {
      rmSync(join(folder, key), { force: true });
    },
  };
};

const keyOf = ({ day, level, incident }: BudgetNotice): string => (incident === null ? `${day}-${level}` : `${day}-${level}-${fingerprint(incident)}`);

const DELIVERY_MS = 3_000;

export const createBudgetWatch = (notifiers: readonly BudgetNotifier[], book: NoticeBook): BudgetWatch => {
  const pending: Promise<string | null>[] = [];
  const deliver = async (notice: BudgetNotice, key: string): Promise<string | null> => {
    try {
      await Promise.all(notifiers.map((notifier) => notifier.notify(notice, { signal: AbortSignal.timeout(DELIVERY_MS) })));
      return null;
    } catch (error) {
      book.giveBack(key);
      return messageOf(error);
    }
  };
  return {
    reached: (notice) => {
      const key = keyOf(notice);
      if (notifiers.length > 0 && book.claim(key)) pending.push(deliver(notice, key));
    },
    settled: async () => (await Promise.all(pending)).filter((reason) => reason !== null),
  };
};
