/** What every decompressor does, and how its data may end. */
import { messageOf } from '../../shared/errors.ts';

/** `trailing`: all of it was read, and what follows is something else. */
export type Damage = { readonly kind: 'truncated' } | { readonly kind: 'trailing' } | { readonly kind: 'corrupt'; readonly why: string };

export interface Decompressor {
  /** Resolves when the chunk is used up and its memory may be written again. */
  write(chunk: Uint8Array): Promise<void>;
  /** How the data ended: null for well. */
  end(): Promise<Damage | null>;
  /** True after damage: the rest need not be read. */
  readonly failed: boolean;
}

export const damageOf = (error: unknown): Damage => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = messageOf(error);
  return code === 'Z_BUF_ERROR' || /unexpected (?:end|eof)|unexpected end of file/i.test(why) ? { kind: 'truncated' } : { kind: 'corrupt', why };
};
