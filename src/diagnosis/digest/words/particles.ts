/** Korean particles after a word: which form depends on whether its last syllable ends in a consonant. */

export type ParticlePair = '이/가' | '을/를' | '은/는' | '과/와' | '으로/로';

/** Digits as they are read: 0 영, 1 일, 3 삼, 6 육, 7 칠, 8 팔 end in a consonant. */
const DIGITS_CLOSED = '013678';
/** Latin words as they are usually read: these letters at the end leave a consonant. */
const LATIN_CLOSED = 'lmn';
const SYLLABLES = { first: 0xac00, last: 0xd7a3, finals: 28, rieul: 8 } as const;

/** The word with the right particle. A remark in brackets at its end is not read aloud: `강제 종료(OOM)로`. */
export const withParticle = (word: string, pair: ParticlePair): string => {
  const [closed, open] = pair.split('/') as [string, string];
  const final = finalOf(word);
  const useOpen = final === 'none' || (pair === '으로/로' && final === 'rieul');
  return word + (useOpen ? open : closed);
};

const finalOf = (word: string): 'none' | 'rieul' | 'other' => {
  const last = word.replace(/\([^()]*\)$/u, '').replace(/[^\p{L}\p{N}]+$/u, '').at(-1)?.toLowerCase() ?? '';
  const code = last.charCodeAt(0);
  if (code >= SYLLABLES.first && code <= SYLLABLES.last) {
    const final = (code - SYLLABLES.first) % SYLLABLES.finals;
    return final === 0 ? 'none' : final === SYLLABLES.rieul ? 'rieul' : 'other';
  }
  if (last === '1' || last === '7' || last === '8' || last === 'l') return 'rieul';
  return last !== '' && (DIGITS_CLOSED.includes(last) || LATIN_CLOSED.includes(last)) ? 'other' : 'none';
};
