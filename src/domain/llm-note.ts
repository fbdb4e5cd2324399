/** What a report says about the language model that worded it. It tells who wrote, never what is true. */

export interface LlmNote {
  /** `none` where no model wrote. */
  readonly provider: string;
  readonly model: string;
  /** The task's chain, `cheap`, `cache`, or `deterministic`: Faultline's own words. */
  readonly tier: string;
  /** Why a lower tier wrote, as an error code; null where the first choice did. */
  readonly reason?: string | null;
  readonly prompt?: { readonly name: string; readonly version: number; readonly hash: string } | null;
  readonly cost_usd?: number;
  readonly tokens?: { readonly input: number; readonly output: number };
  /** Where money decided who wrote, or is running short: US dollars of the UTC day, or of the incident where its own cap is reached. */
  readonly budget?: { readonly level: 'warn' | 'page' | 'spent'; readonly spent_usd: number; readonly cap_usd: number } | null;
  /** Of a digest: who wrote which incident. */
  readonly incidents?: readonly { readonly id: string; readonly tier: string; readonly reason: string | null }[];
  /** What the model wrote: `summary`, `impact`, `hypothesis 1`, `action 2`; all else is in Faultline's own words. Of a digest with the incident: `I1 summary`. */
  readonly worded?: readonly string[];
  /** Sentences of the model that the evidence does not carry. */
  readonly removed?: readonly { readonly field: string; readonly violation: string; readonly detail: string }[];
}
