/** Instants as telemetry writes them: RFC 3339 text or an integer since the Unix epoch. */
import type { EpochMs } from './time.ts';

const RFC3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,12})?)?\s?(?:[Zz]|[+-]\d{2}:?\d{2})?$/;
const ZONED = /(?:[Zz]|[+-]\d{2}:?\d{2})$/;
const NUMBER = /^-?\d{1,22}(?:\.\d{1,12})?$/;

/** Unix time whose unit is told by its size: seconds, milliseconds, microseconds or nanoseconds (unambiguous from 1973 to 5138). */
const fromUnix = (value: number): EpochMs | null => {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return null;
  if (size >= 1e17) return value / 1e6;
  if (size >= 1e14) return value / 1e3;
  if (size >= 1e11) return value;
  return size >= 1e8 ? value * 1e3 : null;
};

/**
 * RFC 3339 (UTC where it names no zone) or Unix time, as number or text, to epoch milliseconds with fraction.
 * Null for anything else; never throws.
 */
export const parseInstant = (value: unknown): EpochMs | null => {
  if (typeof value === 'number') return fromUnix(value);
  if (typeof value !== 'string' || value.length > 48) return null;
  const text = value.trim();
  if (NUMBER.test(text)) return fromUnix(Number(text));
  if (!RFC3339.test(text)) return null;
  const iso = text.replace(',', '.').replace(' ', 'T').replace(' ', '');
  const at = Date.parse(ZONED.test(iso.slice(10)) ? iso : `${iso}Z`);
  return Number.isNaN(at) ? null : at;
};
