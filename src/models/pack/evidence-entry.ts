/** One thing the model may know and cite. */

export interface EvidenceEntry {
  /** Evidence id (`E1`), pattern id (`p_…`), `H1` for a hypothesis, `facts` for what is computed about the whole. */
  readonly ref: string;
  /** What Faultline says of it, with numbers; may quote telemetry. */
  readonly statement: string;
  /** Telemetry itself, as templates or masked lines. */
  readonly telemetry: readonly string[];
  /** Bits of surprise: what is left out first has the fewest per token. */
  readonly bits: number;
  /** Stays at any budget. */
  readonly required: boolean;
}

export interface PackedEntry {
  /** What the model cites, from 1. */
  readonly number: number;
  readonly ref: string;
  /** As the model sees it. */
  readonly text: string;
  /** The telemetry part of `text`, for the check against long quotes. */
  readonly telemetry: readonly string[];
}

export interface EvidencePack {
  readonly entries: readonly PackedEntry[];
  /** Entries that found no room. */
  readonly leftOut: number;
  /** Telemetry that was kept back because it reads like an order. */
  readonly withheld: number;
  readonly tokens: number;
}
