/** Numbers that a sentence states, and whether the evidence holds them. */

/** Digits with separators: 1,234 · 0.05 · 14:02:10 · 2026-03-12. */
const NUMBER = /\d+(?:[.,:-]\d+)*/g;
const DIGITS_ONLY = /^\d+(?:\.\d+)?$/;

const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(
  [
    'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen', 'twenty',
  ].map((word, index) => [word, index + 2]),
);
const MAGNITUDES: ReadonlyMap<string, number> = new Map([
  ['twice', 2], ['double', 2], ['doubled', 2], ['triple', 3], ['tripled', 3], ['dozen', 12], ['dozens', 12], ['thirty', 30], ['forty', 40], ['fifty', 50], ['sixty', 60],
  ['seventy', 70], ['eighty', 80], ['ninety', 90], ['hundred', 100], ['hundreds', 100], ['thousand', 1000], ['thousands', 1000], ['million', 1e6], ['millions', 1e6], ['half', 0.5], ['quarter', 0.25],
]);
const KOREAN = /(두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?(?:개|번|건|대|배|차례|가지|곳)/g;
const KOREAN_VALUES: Readonly<Record<string, number>> = { 두: 2, 세: 3, 네: 4, 다섯: 5, 여섯: 6, 일곱: 7, 여덟: 8, 아홉: 9, 열: 10 };

/** Numbers as written, words included, in the order of the text. */
export const numbersIn = (text: string): readonly string[] => [
  ...[...text.matchAll(NUMBER)].map(([number]) => number),
  ...text.toLowerCase().split(/[^\p{L}]+/u).flatMap((word) => String(NUMBER_WORDS.get(word) ?? MAGNITUDES.get(word) ?? '') || []),
  ...[...text.matchAll(KOREAN)].map(([, word]) => String(KOREAN_VALUES[word ?? ''] ?? '')),
];

const plain = (number: string): string => number.replaceAll(/,(?=\d{3}(?:\D|$))/g, '');

/** A written number is a rounding of `value` if it has its digits at its own precision. */
const isRounding = (written: string, value: number): boolean => {
  const decimals = written.includes('.') ? written.length - written.indexOf('.') - 1 : 0;
  return decimals <= 6 && Math.abs(value) < 1e15 && value.toFixed(decimals) === written;
};

export interface NumberIndex {
  readonly has: (number: string) => boolean;
}

const PARTS = /[.,:-]/;

/** Knows the numbers of `text`: as written, rounded, as a percentage of a ratio, and parts of a time or a date. */
export const numberIndex = (text: string): NumberIndex => {
  const written = new Set<string>();
  const values: number[] = [];
  const timesAndDates: string[] = [];
  for (const [match] of text.matchAll(NUMBER)) {
    const number = plain(match);
    written.add(number);
    if (DIGITS_ONLY.test(number)) values.push(Number(number));
    else {
      timesAndDates.push(number);
      for (const part of number.split(PARTS)) written.add(part);
    }
  }
  for (const word of text.toLowerCase().split(/[^\p{L}]+/u)) {
    const value = NUMBER_WORDS.get(word) ?? MAGNITUDES.get(word);
    if (value !== undefined) values.push(value);
  }
  const has = (given: string): boolean => {
    const number = plain(given);
    if (written.has(number)) return true;
    if (!DIGITS_ONLY.test(number)) return timesAndDates.some((known) => known.startsWith(number) || known.includes(`-${number}`));
    return values.some((value) => isRounding(number, value) || (value > 0 && value < 1 && isRounding(number, value * 100)));
  };
  return { has };
};
