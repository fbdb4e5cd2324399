/**
 * Money: what a call may cost at most is set aside before it starts and settled when it ends, so that any number of
 * concurrent calls cannot pass the cap together.
 */
import type { EpochMs } from '../../domain/time.ts';
import type { BudgetSettings } from '../../ports/model-settings.ts';
import type { Ledger, Spending } from './ledger.ts';

/** `fine`: use the task's chain. `warn`: the cheap chain, and tell a channel. `page`: also wake somebody. `spent`: no more calls. */
export type BudgetLevel = 'fine' | 'warn' | 'page' | 'spent';

export interface Reservation {
  settle(spending: Spending): void;
  /** Nothing was spent. */
  release(): void;
}

export interface Budget {
  level(at: EpochMs, incident: string): BudgetLevel;
  /** Null where the call does not fit. */
  reserve(at: EpochMs, incident: string, maxUsd: number): Reservation | null;
}

export const createBudget = (settings: BudgetSettings, ledger: Ledger): Budget => {
  let reservedUsd = 0;
  const reservedByIncident = new Map<string, number>();
  const reserveFor = (incident: string, usd: number): void => {
    reservedUsd += usd;
    const sum = (reservedByIncident.get(incident) ?? 0) + usd;
    if (sum > 1e-12) reservedByIncident.set(incident, sum);
    else reservedByIncident.delete(incident);
  };
  const level = (at: EpochMs, incident: string): BudgetLevel => {
    const day = ledger.spentUsd(at);
    if (day >= settings.capUsd || ledger.spentUsd(at, incident) >= settings.incidentCapUsd) return 'spent';
    if (day >= settings.pageUsd) return 'page';
    return day >= settings.warnUsd ? 'warn' : 'fine';
  };
  const reserve = (at: EpochMs, incident: string, maxUsd: number): Reservation | null => {
    const dayLeft = settings.capUsd - ledger.spentUsd(at) - reservedUsd;
    const incidentLeft = settings.incidentCapUsd - ledger.spentUsd(at, incident) - (reservedByIncident.get(incident) ?? 0);
    if (maxUsd > dayLeft || maxUsd > incidentLeft) return null;
    reserveFor(incident, maxUsd);
    let open = true;
    const close = (): boolean => {
      if (!open) return false;
      open = false;
      reserveFor(incident, -maxUsd);
      return true;
    };
    return {
      settle: (spending) => {
        if (close()) ledger.add(spending);
      },
      release: () => {
        close();
      },
    };
  };
  return { level, reserve };
};
