/** How many tokens a text takes, from above, without a tokenizer: providers differ, and only a bound is needed. */

/**
 * Byte-level BPE spends about a token on four Latin letters, two digits, one sign, and one to one and a half a Hangul
 * syllable; each figure is rounded to the careful side.
 */
export const estimateTokens = (text: string): number => {
  let tokens = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) tokens += 1.3;
    else if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x20) tokens += 0.28;
    else if (code >= 0x30 && code <= 0x39) tokens += 0.5;
    else tokens += 0.8;
  }
  return Math.ceil(tokens);
};

/** No byte-level tokenizer makes more tokens than bytes: the bound that budgets reserve by. */
export const maxTokens = (text: string): number => Buffer.byteLength(text);
