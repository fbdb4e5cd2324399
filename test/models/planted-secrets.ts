/** Made-up log lines with made-up secrets in them; the same on every run. */

export interface PlantedLine {
  readonly text: string;
  readonly secret: string;
}

/** Linear congruential generator (Numerical Recipes). */
const generator = (seed: number): (() => number) => {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
};

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export const plantedLines = (count: number): readonly PlantedLine[] => {
  const random = generator(20260312);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] ?? (items[0] as T);
  const chars = (alphabet: string, length: number): string => Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
  // A token of letters and digits always has both, as real ones do.
  const token = (length: number): string => `${chars(ALPHANUMERIC, length - 3)}${chars('0123456789', 2)}k`;
  const base64 = (text: string): string => Buffer.from(text).toString('base64url');
  const kinds: readonly (() => { readonly secret: string; readonly text: string })[] = [
    () => ((secret) => ({ secret, text: `aws_access_key_id=${secret} rejected` }))(`AKIA${chars(UPPER, 16)}`),
    () => ((secret) => ({ secret, text: `Authorization: Bearer ${secret}` }))(token(40)),
    () => ((secret) => ({ secret, text: `token=${secret} expired` }))(`${base64('{"alg":"HS256","typ":"JWT"}')}.${base64(`{"sub":"${token(8)}"}`)}.${token(43)}`),
    () => ((secret) => ({ secret, text: `cannot connect to postgres://app:${secret}@db.internal:5432/orders` }))(token(16)),
    () => ((secret) => ({ secret, text: `login failed, password: ${secret}` }))(`${token(10)}!`),
    () => ((secret) => ({ secret, text: `{"user":"a","client_secret":"${secret}"}` }))(token(32)),
    () => ((secret) => ({ secret, text: `calling model with sk-${secret} failed` }))(token(40)),
    () => ((secret) => ({ secret, text: `push refused for ghp_${secret}` }))(token(36)),
    () => ((secret) => ({ secret, text: `mail to ${secret} bounced` }))(`${chars('abcdefghijklmnop', 9)}@${chars('abcdefghijklmnop', 7)}.com`),
    () => ((secret) => ({ secret, text: `retry https://hooks.internal/x?api_key=${secret}&n=1 failed` }))(token(32)),
    () => ((secret) => ({ secret, text: `Cookie: session=${secret}; path=/` }))(token(32)),
  ];
  return Array.from({ length: count }, () => {
    const { text, secret } = pick(kinds)();
    const before = pick(['', 'request failed: ', '\u001b[31mboom\u001b[0m ', 'user 12 at 10.0.0.1 ', '한글 오류: ', '"quoted" ']);
    const after = pick(['', ' while closing', ' (attempt 3)', ' <b>', ' ` ']);
    return { text: `${before}${text}${after}`, secret };
  });
};
