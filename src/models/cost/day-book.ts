/** One UTC day's money: what was spent, and what is set aside for calls that have not ended. */
import type { EpochMs } from '../../domain/time.ts';
import type { ModelTask } from '../../ports/language-model.ts';

export interface Spending {
  readonly at: EpochMs;
  readonly task: ModelTask | 'embed';
  readonly incident: string;
  readonly provider: string;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number;
}

/** US dollars set aside for one call: the most it can cost. */
export interface Hold {
  readonly id: string;
  readonly incident: string;
  readonly usd: number;
}

export interface SpendingLimits {
  readonly dayUsd: number;
  readonly incidentUsd: number;
}

export class DayBook {
  readonly entries: Spending[] = [];
  spentUsd = 0;
  private readonly spentByIncident = new Map<string, number>();
  private readonly holds = new Map<string, Hold>();

  spend(spending: Spending): void {
    this.entries.push(spending);
    this.spentUsd += spending.costUsd;
    this.spentByIncident.set(spending.incident, this.spentOn(spending.incident) + spending.costUsd);
  }

  hold(hold: Hold): void {
    this.holds.set(hold.id, hold);
  }

  release(id: string): void {
    this.holds.delete(id);
  }

  spentOn(incident: string): number {
    return this.spentByIncident.get(incident) ?? 0;
  }

  /** Summed anew each time: there are as many holds as calls under way, and no error of rounding can pile up. */
  heldUsd(incident: string | null = null): number {
    let usd = 0;
    for (const hold of this.holds.values()) if (incident === null || hold.incident === incident) usd += hold.usd;
    return usd;
  }

  fits({ incident, usd }: Hold, limits: SpendingLimits): boolean {
    return this.spentUsd + this.heldUsd() + usd <= limits.dayUsd && this.spentOn(incident) + this.heldUsd(incident) + usd <= limits.incidentUsd;
  }
}
