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
  const settle = (line: string): string => {
    let text = line;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const more = spans(text);
      if (more.length === 0) break;
      text = applySpans(text, more);
    }
    return text;
  };
  const maskPart = (text: string, state: KeyBlockState): string => applyByLine(text, spansOfPart(text, state), settle);
  return { spans, spansOfPart, maskPart, mask: (text) => maskPart(text, newKeyBlockState()) };
};

/**
 * A mark can uncover what its neighbour hid (a number glued to a token), so lines that were masked are scanned again
 * until nothing is found. Each round leaves fewer unmasked characters; real lines need one.
 */
const MAX_ROUNDS = 16;

/** `text` with its spans masked and every line that has one settled; other lines are copied as they are. */
const applyByLine = (text: string, spans: readonly MaskSpan[], settle: (line: string) => string): string => {
  let out = '';
  let copied = 0;
  for (let i = 0; i < spans.length; ) {
    const start = text.lastIndexOf('\n', (spans[i]?.start ?? 0) - 1) + 1;
    const from = Math.max(start, copied);
    const feed = text.indexOf('\n', spans[i]?.end ?? 0);
    const end = feed < 0 ? text.length : feed;
    const inside: MaskSpan[] = [];
    for (let span = spans[i]; span !== undefined && span.start < end; span = spans[++i]) inside.push({ start: span.start - from, end: span.end - from, kind: span.kind });
    out += text.slice(copied, from) + settle(applySpans(text.slice(from, end), inside));
    copied = end;
  }
  return copied === 0 ? text : out + text.slice(copied);
};
