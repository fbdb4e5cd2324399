/** The masker as a filter over bytes. */
import type { Masker } from './masker.ts';
import { newKeyBlockState } from './private-keys.ts';

export interface MaskStream {
  /** Takes the next bytes; gives back what is safe to pass on. */
  readonly write: (chunk: Uint8Array) => Uint8Array;
  /** The rest. */
  readonly end: () => Uint8Array;
}

export const createMaskStream = (masker: Masker): MaskStream => {
  const state = newKeyBlockState();
  let pending: Buffer = Buffer.alloc(0);
  return {
    write: (chunk) => {
      const all = pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([pending, chunk]);
      const cut = all.lastIndexOf(10) + 1;
      pending = all.subarray(cut);
      return Buffer.from(masker.maskPart(all.toString('utf8', 0, cut), state));
    },
    end: () => Buffer.from(masker.maskPart(pending.toString('utf8'), state)),
  };
};
