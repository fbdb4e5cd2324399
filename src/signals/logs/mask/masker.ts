/** Replaces secrets and personal data in text by typed marks such as `<secret:jwt>` and `<pii:email>`. */
import { applySpans, SpanSink, type MaskSpan } from './mask-span.ts';
import { newKeyBlockState, type KeyBlockState } from './private-keys.ts';
import { scanSecrets } from './scan-secrets.ts';
import { compileUserRules, mergeSpans, type UserMaskRule } from './user-rules.ts';

export interface MaskerOptions {
  /** Added to the built-in rules. */
  readonly rules?: readonly UserMaskRule[];
  /** Kinds that stay: `pii:email`, or a whole class, `pii`. */
  readonly disabled?: readonly string[];
}

export interface Masker {
  /** A line or a whole event with every find replaced by its mark; line ends stay. Idempotent. */
  readonly mask: (text: string) => string;
  /** What {@link Masker.mask} would replace, sorted and without overlap. */
  readonly spans: (text: string) => readonly MaskSpan[];
  /** As `mask`, for text that goes on: `state` carries an open private key from one piece to the next. */
  readonly maskPart: (text: string, state: KeyBlockState) => string;
  /** As `spans`, for text that goes on. */
  readonly spansOfPart: (text: string, state: KeyBlockState) => readonly MaskSpan[];
}

/** Throws AppError `mask_rule_invalid` for a user rule that does not compile. */
export const createMasker = (options: MaskerOptions = {}): Masker => {
  const disabled = new Set(options.disabled ?? []);
  const custom = compileUserRules(options.rules ?? []);
  const allowed = (span: MaskSpan): boolean => !disabled.has(span.kind) && !disabled.has(span.kind.slice(0, span.kind.indexOf(':')));
  const spansOfPart = (text: string, state: KeyBlockState): readonly MaskSpan[] => {
    const sink = new SpanSink();
    scanSecrets(text, sink, state);
    const found = disabled.size === 0 ? sink.spans : sink.spans.filter(allowed);
    return custom === null ? found : mergeSpans(found, custom(text));
  };
  const spans = (text: string): readonly MaskSpan[] => spansOfPart(text, newKeyBlockState());
  return {
    spans,
    mask: (text) => applySpans(text, spans(text)),
    spansOfPart,
    maskPart: (text, state) => applySpans(text, spansOfPart(text, state)),
  };
};
