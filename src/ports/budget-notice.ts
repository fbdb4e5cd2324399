/** Port: who is told when language models become dear. */

/** `warn`: tell a channel. `page`: wake somebody. `spent`: a cap is reached and no model is asked. */
export type BudgetNoticeLevel = 'warn' | 'page' | 'spent';

export interface BudgetNotice {
  readonly level: BudgetNoticeLevel;
  /** UTC day, `2026-01-15`. */
  readonly day: string;
  /** The incident whose own cap is reached; null: the day's money. */
  readonly incident: string | null;
  readonly spentUsd: number;
  /** The limit that was reached. */
  readonly limitUsd: number;
}

export interface BudgetNotifier {
  /** @throws AppError where it cannot be delivered: another attempt may be made later. */
  notify(notice: BudgetNotice, options: { readonly signal: AbortSignal }): Promise<void>;
}
