/** What a renderer is given. */
import type { Digest } from '../domain/digest.ts';
import type { Language } from '../domain/language.ts';
import type { LogSummary } from '../domain/log-summary.ts';

export interface DigestView {
  readonly digest: Digest;
  /** For time series and for how each input was read. */
  readonly summary: LogSummary;
  /** The command that looks closer, where there is one. */
  readonly closerLook: string | null;
}

export interface RenderOptions {
  readonly language: Language;
}

export interface TerminalOptions extends RenderOptions {
  readonly color: boolean;
  /** Columns, >= 40. */
  readonly width: number;
}
