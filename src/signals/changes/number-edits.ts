/** Settings whose number a change replaces: `maxConns: 50` ► `maxConns: 10`, `cpu: "1"` ► `cpu: 60m`. */
import type { DiffLines } from './diff-lines.ts';

export interface NumberEdit {
  /** The words in front of the number, lower case, letters and digits only. */
  readonly key: string;
  /** As written where both have the same unit or none; else both in the unit's base: seconds, bytes, whole cores. */
  readonly from: number;
  readonly to: number;
}

interface Quantity {
  readonly value: number;
  readonly unit: string;
}

const SETTING = /([A-Za-z][\w.-]{1,60})["']?\s*(?::=|[:=(]|\s)\s*["']?(-?\d[\d_]*(?:\.\d+)?)(?:(?:\s?|\s\*\s(?:time\.)?)([A-Za-zµ]{1,12})(?![\w(]))?/g;
const MAX_SETTINGS = 500;

/** Go and Java write durations with these letters, Kubernetes memory with the binary ones. `m` is told by what it measures. */
const SECONDS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, millis: 1e-3, millisecond: 1e-3, milliseconds: 1e-3, microsecond: 1e-6, nanosecond: 1e-9, s: 1, sec: 1, secs: 1, second: 1, seconds: 1, min: 60, mins: 60, minute: 60, minutes: 60, m: 60, h: 3_600, hour: 3_600, hours: 3_600, d: 86_400, day: 86_400, days: 86_400 };
const BYTES: Readonly<Record<string, number>> = { b: 1, k: 1e3, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12, ki: 1024, kib: 1024, mi: 1_048_576, mib: 1_048_576, gi: 1_073_741_824, gib: 1_073_741_824, ti: 1_099_511_627_776, g: 1e9 };
const CORES: Readonly<Record<string, number>> = { m: 1e-3, '': 1 };
const HAS_CORES = /cpu|core/;

/** What no scale knows is a word of the sentence. */
const unitOf = (word: string): string => (Object.hasOwn(SECONDS, word.toLowerCase()) || Object.hasOwn(BYTES, word.toLowerCase()) ? word.toLowerCase() : '');

const keyOf = (name: string): string => (name.split('.').at(-1) ?? name).toLowerCase().replace(/[^a-z0-9]/g, '');

/** The settings in their order; one may stand several times, as the request and the limit of a resource. */
const settingsOf = (lines: readonly string[]): ReadonlyMap<string, readonly Quantity[]> => {
  const settings = new Map<string, Quantity[]>();
  let count = 0;
  for (const line of lines) {
    for (const [, name = '', digits = '', unit = ''] of line.matchAll(SETTING)) {
      if (++count > MAX_SETTINGS) return settings;
      const key = keyOf(name);
      const quantity = { value: Number(digits.replaceAll('_', '')), unit: unitOf(unit) };
      const known = settings.get(key);
      if (known === undefined) settings.set(key, [quantity]);
      else known.push(quantity);
    }
  }
  return settings;
};

/** Both in one unit; null where nobody knows how the two compare. */
const compared = (key: string, from: Quantity, to: Quantity): readonly [number, number] | null => {
  if (from.unit === to.unit) return [from.value, to.value];
  for (const scale of HAS_CORES.test(key) ? [CORES] : [SECONDS, BYTES]) {
    const [a, b] = [scale[from.unit], scale[to.unit]];
    if (a !== undefined && b !== undefined) return [from.value * a, to.value * b];
  }
  return null;
};

export const numberEdits = (lines: DiffLines): readonly NumberEdit[] => {
  const before = settingsOf(lines.removed);
  const edits: NumberEdit[] = [];
  for (const [key, after] of settingsOf(lines.added)) {
    const old = before.get(key) ?? [];
    // As many as before are the same ones in the same order; else the last one counts.
    const pairs = old.length === after.length ? after.map((to, index) => [old[index], to] as const) : [[old.at(-1), after.at(-1)] as const];
    for (const [from, to] of pairs) {
      const both = from === undefined || to === undefined ? null : compared(key, from, to);
      if (both !== null && both[0] !== both[1]) edits.push({ key, from: both[0], to: both[1] });
    }
  }
  return edits;
};
