/** What was spent, and what is set aside, by UTC day. */
import { randomUUID } from 'node:crypto';
import { toRfc3339, type EpochMs } from '../../domain/time.ts';
import { DayBook, type Hold, type Spending, type SpendingLimits } from './day-book.ts';

export interface Ledger {
  /** Sets money aside on the UTC day of `at`; null where it does not fit. @throws AppError `config_invalid` where it cannot be recorded */
  hold(at: EpochMs, request: Omit<Hold, 'id'>, limits: SpendingLimits): string | null;
  /** The call of a hold has ended: what it cost, or null for nothing. */
  settle(at: EpochMs, id: string, spending: Spending | null): void;
  /** US dollars of the UTC day of `at`, of all incidents or one. */
  spentUsd(at: EpochMs, incident?: string): number;
  /** US dollars set aside for calls that have not ended, or broke off. */
  heldUsd(at: EpochMs): number;
  /** Spendings of the UTC day of `at`. */
  entries(at: EpochMs): readonly Spending[];
}

export const dayOf = (at: EpochMs): string => toRfc3339(at).slice(0, 10);

/** Today's and yesterday's: a call may end after the midnight it began before. Older days are history. */
export const byDay = <T>(make: (day: string) => T): ((at: EpochMs) => T) => {
  const known = new Map<string, T>();
  return (at) => {
    const day = dayOf(at);
    const found = known.get(day) ?? make(day);
    known.set(day, found);
    if (known.size > 2) known.delete([...known.keys()].sort()[0] ?? '');
    return found;
  };
};

export const newHoldId = (): string => randomUUID().slice(0, 13);

export const memoryLedger = (): Ledger => {
  const bookAt = byDay(() => new DayBook());
  return {
    hold: (at, request, limits) => {
      const hold = { ...request, id: newHoldId() };
      if (!bookAt(at).fits(hold, limits)) return null;
      bookAt(at).hold(hold);
      return hold.id;
    },
    settle: (at, id, spending) => {
      bookAt(at).release(id);
      if (spending !== null) bookAt(at).spend(spending);
    },
    spentUsd: (at, incident) => (incident === undefined ? bookAt(at).spentUsd : bookAt(at).spentOn(incident)),
    heldUsd: (at) => bookAt(at).heldUsd(),
    entries: (at) => bookAt(at).entries,
  };
};
