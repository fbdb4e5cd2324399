/** Significance of counts. Rates are compared by what counts obey, not by ratios alone: 1 ► 3 is nothing, 1,000 ► 3,000 is. */

/** Lanczos' approximation (g = 7, n = 9), relative error below 1e-14 for x > 0. */
const LANCZOS = [
  0.999_999_999_999_809_9, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_1, -176.615_029_162_140_6, 12.507_343_278_686_905,
  -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6, 1.505_632_735_149_311_6e-7,
] as const;

export const logGamma = (x: number): number => {
  const z = x - 1;
  let sum = 0;
  for (let i = LANCZOS.length - 1; i > 0; i--) sum += (LANCZOS[i] ?? 0) / (z + i);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum + LANCZOS[0]);
};

/** Terms past this many add nothing that a decision at 1e-6 could notice. */
const MAX_TERMS = 2000;

/** P(X >= k) for X ~ Binomial(n, p). Exact up to rounding: sums from the larger terms down. */
export const binomialUpperTail = (k: number, n: number, p: number): number => {
  if (k <= 0 || p >= 1) return 1;
  if (k > n || p <= 0) return 0;
  if (k <= n * p) return 1;
  let term = Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p));
  let sum = term;
  for (let i = k; i < n && i < k + MAX_TERMS && term > sum * 1e-15; i++) {
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
    sum += term;
  }
  return Math.min(1, sum);
};

/** P(X >= k) for X ~ Poisson(mean); 1 where k is not above the mean. */
export const poissonUpperTail = (k: number, mean: number): number => {
  if (k <= 0 || k <= mean) return 1;
  if (mean <= 0) return 0;
  let term = Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
  let sum = term;
  for (let i = k + 1; i < k + MAX_TERMS && term > sum * 1e-15; i++) {
    term *= mean / i;
    sum += term;
  }
  return Math.min(1, sum);
};

export interface RateComparison {
  /** Rate now over rate before; Infinity where nothing was seen before. */
  readonly ratio: number;
  /** One-sided, that the rate rose, and that it fell. */
  readonly pRise: number;
  readonly pFall: number;
}

/**
 * Conditional test of two Poisson rates: given n = before + now events, `now` is binomial with the share of covered time
 * (Przyborowski, Wilenski 1940). Log lines come in clumps, so counts are first divided by the index of dispersion, which
 * widens the test as a quasi-Poisson model does (McCullagh, Nelder 1989, ch. 6).
 */
export const compareRates = (before: number, now: number, time: { readonly beforeMs: number; readonly nowMs: number }, dispersion = 1): RateComparison => {
  const p = time.nowMs / (time.beforeMs + time.nowMs);
  const scale = Math.max(1, dispersion);
  const a = Math.floor(before / scale);
  const b = Math.floor(now / scale);
  const rateBefore = before / time.beforeMs;
  const ratio = before === 0 ? Number.POSITIVE_INFINITY : now / time.nowMs / rateBefore;
  return { ratio, pRise: binomialUpperTail(b, a + b, p), pFall: binomialUpperTail(a, a + b, 1 - p) };
};
