/** Measured values as a person says them: two or three digits, with the unit that the metric's name or label tells. */
import type { Finding } from '../../domain/finding.ts';

export type Unit = 's' | 'ms' | 'bytes' | '%' | 'ratio' | '';

const UNIT_WORDS: Readonly<Record<string, Unit>> = {
  s: 's', sec: 's', secs: 's', second: 's', seconds: 's', ms: 'ms', millis: 'ms', millisecond: 'ms', milliseconds: 'ms', bytes: 'bytes', byte: 'bytes', percent: '%', percentage: '%', pct: '%', ratio: 'ratio',
};
const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
/** A name read for its unit ends here. */
const MAX_NAME = 200;

/** Of a metric's name and `unit` label; empty where neither tells. `per_second` is a rate, no duration. */
export const unitOf = (name: string, label: string | undefined): Unit => {
  const known = label === undefined ? undefined : UNIT_WORDS[label.toLowerCase()];
  if (known !== undefined) return known;
  const words = name.slice(0, MAX_NAME).replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase().replaceAll(/per_sec(?:ond)?s?/g, '').split(/[^a-z]+/);
  for (const word of words.reverse()) {
    const unit = word.length > 1 && Object.hasOwn(UNIT_WORDS, word) ? UNIT_WORDS[word] : undefined;
    if (unit !== undefined) return unit;
  }
  return '';
};

const grouped = (whole: number): string => String(whole).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');

/** `0.66`, `9.3`, `98`, `305`, `12,274`, `4.6 M`. */
export const numberText = (value: number, digits: number = 2): string => {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const sign = value < 0 ? '-' : '';
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return value.toExponential(1);
  if (size >= 1e9) return `${sign}${Number((size / 1e9).toPrecision(digits + 1))} G`;
  if (size >= 1e6) return `${sign}${Number((size / 1e6).toPrecision(digits + 1))} M`;
  if (Number.isInteger(size) || size >= 10 ** digits) return sign + grouped(Math.round(size));
  return `${sign}${Number(size.toPrecision(digits))}`;
};

const durationText = (ms: number, digits: number): string => {
  const size = Math.abs(ms);
  if (size >= 100) return `${numberText(ms / 1000, digits)} s`;
  return `${numberText(size >= 10 ? Math.round(ms) : ms, digits)} ms`;
};

const bytesText = (value: number, digits: number): string => {
  let scaled = value;
  let unit = 0;
  while (Math.abs(scaled) >= 1024 && unit < BYTES.length - 1) {
    scaled /= 1024;
    unit++;
  }
  return `${numberText(scaled, Math.max(digits, 3))} ${BYTES[unit] ?? 'B'}`;
};

/** `0.66 s`, `98 %`, `1.2 GiB`. A ratio of at most 1 is told in percent. */
export const quantityText = (value: number, unit: Unit, digits: number = 2): string => {
  if (!Number.isFinite(value)) return '–';
  if (unit === 's') return value === 0 ? '0 s' : durationText(value * 1000, digits);
  if (unit === 'ms') return durationText(value, digits);
  if (unit === 'bytes') return bytesText(value, digits);
  if (unit === '%') return `${numberText(value, digits)} %`;
  return unit === 'ratio' && Math.abs(value) <= 1 ? `${numberText(value * 100, digits)} %` : numberText(value, digits);
};

/** Normal and seen: with as many digits as tell them apart. */
export const quantityPair = (normal: number, seen: number, unit: Unit): readonly [string, string] => {
  const shown = unit === 'ratio' && Math.max(Math.abs(normal), Math.abs(seen)) > 1 ? '' : unit;
  for (const digits of [2, 4, 6]) {
    const pair = [quantityText(normal, shown, digits), quantityText(seen, shown, digits)] as const;
    if (pair[0] !== pair[1]) return pair;
  }
  return [quantityText(normal, shown), quantityText(seen, shown)];
};

const LABEL = /([A-Za-z_]\w{0,60})="([^"\n]{0,200})"/g;

/** The labels of a PromQL selector. */
export const labelsOf = (query: string | null): ReadonlyMap<string, string> => {
  const labels = new Map<string, string>();
  for (const match of (query ?? '').slice(0, 2_000).matchAll(LABEL)) labels.set(match[1] ?? '', match[2] ?? '');
  return labels;
};

/** `0.99` ► `p99`, `0.999` ► `p99.9`; null of what is no quantile. */
export const percentileText = (quantile: string | undefined): string | null => {
  const value = Number(quantile);
  return quantile === undefined || quantile === '' || !(value > 0 && value < 1) ? null : `p${Number((value * 100).toPrecision(6))}`;
};

/** Normal and seen of a metric, with unit; null where the finding does not hold two numbers. */
export const metricPair = ({ indicator, query, observed, expected }: Finding): readonly [string, string] | null => {
  if (typeof observed !== 'number' || typeof expected !== 'number') return null;
  const [normal, seen] = quantityPair(expected, observed, unitOf(indicator, labelsOf(query).get('unit')));
  return query !== null && query.startsWith('rate(') ? [normal, `${seen}/s`] : [normal, seen];
};
