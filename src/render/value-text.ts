/** Measured values with their units, as short as an axis needs. */
import { plainLine } from './plain-text.ts';

const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const SHORT: Readonly<Record<string, string>> = {
  seconds: 's', second: 's', s: 's', milliseconds: 'ms', millis: 'ms', ms: 'ms', microseconds: 'µs', us: 'µs', usec: 'µs', percent: '%', cores: 'cores', bits: 'bit', packets: 'packets', celsius: '°C', ratio: '', '1': '',
};

/** Three significant digits; `12.3k`, `4.56M`, `7.89G`. */
export const figureText = (value: number): string => {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return value.toExponential(1);
  const [scaled, suffix] = size >= 999_500_000 ? [value / 1e9, 'G'] : size >= 999_500 ? [value / 1e6, 'M'] : size >= 9_995 ? [value / 1e3, 'k'] : [value, ''];
  const rounded = Math.abs(scaled) >= 1000 ? Math.round(scaled) : Number(scaled.toPrecision(3));
  return `${rounded}${suffix}`;
};

const bytesText = (value: number): string => {
  let scaled = value;
  let unit = 0;
  while (Math.abs(scaled) >= 1024 && unit < BYTES.length - 1) {
    scaled /= 1024;
    unit++;
  }
  return `${figureText(scaled)} ${BYTES[unit] ?? 'B'}`;
};

/** `0.656 s`, `97.6 %`, `1.2 GiB/s`. A unit that is not known is shown as it is written, cut at 16 characters. */
export const valueText = (value: number, unit: string | null, isRate: boolean): string => {
  if (!Number.isFinite(value)) return '–';
  const rate = isRate ? '/s' : '';
  if (unit === 'bytes' || unit === 'B') return bytesText(value) + rate;
  const short = unit === null ? '' : Object.hasOwn(SHORT, unit) ? (SHORT[unit] ?? '') : plainLine(unit).slice(0, 16);
  return `${figureText(value)}${short === '' ? '' : ` ${short}`}${rate}`;
};

const HAIR = 0.02;

/** Round steps from about `low` to about `high`: 1, 2 or 5 times a power of ten. */
export const valueTicks = (low: number, high: number, most: number): readonly number[] => {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const raw = span / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power;
  // A hair beyond a tick needs no further tick: 100.01 % ends at 100 %.
  const first = Math.floor(low / step + HAIR);
  const last = Math.max(first + 1, Math.ceil(high / step - HAIR));
  return Array.from({ length: Math.min(most + 3, last - first + 1) }, (_, index) => Number(((first + index) * step).toPrecision(12)));
};
