/**
 * Money: what a call may cost at most is set aside before it starts and settled when it ends, so that any number of
 * concurrent calls, in one process or in several, cannot pass the cap together.
 */
import type { EpochMs } from '../../domain/time.ts';
import type { BudgetNoticeLevel } from '../../ports/budget-notice.ts';
import type { BudgetSettings } from '../../ports/model-settings.ts';
import type { Spending } from './day-book.ts';
import { dayOf, type Ledger } from './ledger.ts';
import { type BudgetWatch, silentWatch } from './budget-watch.ts';

/** `fine`: use the task's chain. `warn`: the cheap chain, and tell a channel. `page`: also wake somebody. `spent`: no more calls. */
export type BudgetLevel = 'fine' | BudgetNoticeLevel;

export interface BudgetState {
  readonly level: BudgetLevel;
  /** Of the day, or of the incident where its own cap is what is reached. */
  readonly spentUsd: number;
  readonly capUsd: number;
}

export interface Reservation {
  settle(spending: Spending): void;
  /** Nothing was spent. */
  release(): void;
}

export interface Budget {
  state(at: EpochMs, incident: string): BudgetState;
  /** Null where the call does not fit. @throws AppError where spending cannot be recorded */
  reserve(at: EpochMs, incident: string, maxUsd: number): Reservation | null;
  /** A question found no model that fits: the cap is reached, though a little less may be spent. */
  exhausted(at: EpochMs, incident: string): void;
}

const levelOf = ({ warnUsd, pageUsd, capUsd }: BudgetSettings, spentUsd: number): BudgetLevel => {
  if (spentUsd >= capUsd) return 'spent';
  if (spentUsd >= pageUsd) return 'page';
  return spentUsd >= warnUsd ? 'warn' : 'fine';
};

export const createBudget = (settings: BudgetSettings, ledger: Ledger, watch: BudgetWatch = silentWatch): Budget => {
  const { capUsd, incidentCapUsd } = settings;
  const limits = { dayUsd: capUsd, incidentUsd: incidentCapUsd };
  const tellDay = (at: EpochMs): void => {
    const spentUsd = ledger.spentUsd(at);
    const level = levelOf(settings, spentUsd);
    if (level !== 'fine') watch.reached({ level, day: dayOf(at), incident: null, spentUsd, limitUsd: { warn: settings.warnUsd, page: settings.pageUsd, spent: capUsd }[level] });
  };
  const state = (at: EpochMs, incident: string): BudgetState => {
    const spentUsd = ledger.spentUsd(at);
    const level = levelOf(settings, spentUsd);
    const onIncident = ledger.spentUsd(at, incident);
    return level !== 'spent' && onIncident >= incidentCapUsd ? { level: 'spent', spentUsd: onIncident, capUsd: incidentCapUsd } : { level, spentUsd, capUsd };
  };
  return {
    state,
    exhausted: (at, incident) => {
      const [spentUsd, onIncident] = [ledger.spentUsd(at), ledger.spentUsd(at, incident)];
      const ofDay = capUsd - spentUsd - ledger.heldUsd(at) <= incidentCapUsd - onIncident;
      watch.reached({ level: 'spent', day: dayOf(at), ...(ofDay ? { incident: null, spentUsd, limitUsd: capUsd } : { incident, spentUsd: onIncident, limitUsd: incidentCapUsd }) });
    },
    reserve: (at, incident, maxUsd) => {
      const id = ledger.hold(at, { incident, usd: maxUsd }, limits);
      if (id === null) return null;
      let open = true;
      const close = (spending: Spending | null): void => {
        if (!open) return;
        open = false;
        ledger.settle(at, id, spending);
        if (spending !== null) tellDay(at);
      };
      return { settle: close, release: () => close(null) };
    },
  };
};
