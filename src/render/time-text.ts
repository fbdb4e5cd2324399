/** Instants, intervals and numbers as people read them. All instants are UTC. */
import type { Interval } from '../domain/digest.ts';

/** `2025-02-01T14:05:01.214Z` ► date `2025-02-01`, clock `14:05:01.214`. */
const partsOf = (rfc3339: string): { date: string; clock: string } => {
  const at = new Date(rfc3339);
  const text = Number.isNaN(at.getTime()) ? '0000-00-00T00:00:00.000Z' : at.toISOString();
  return { date: text.slice(0, 10), clock: text.slice(11, 23) };
};

export const dateText = (rfc3339: string): string => partsOf(rfc3339).date;
/** `14:05:01`. */
export const clockText = (rfc3339: string): string => partsOf(rfc3339).clock.slice(0, 8);
/** `14:05:01.214`. */
export const preciseClockText = (rfc3339: string): string => partsOf(rfc3339).clock;

/** The date once where both ends share it. */
export const intervalText = ({ start, end }: Interval): string => {
  const from = partsOf(start);
  const to = partsOf(end);
  const first = `${from.date} ${from.clock.slice(0, 8)}`;
  if (from.date !== to.date) return `${first} – ${to.date} ${to.clock.slice(0, 8)} UTC`;
  return from.clock.slice(0, 8) === to.clock.slice(0, 8) ? `${first} UTC` : `${first} – ${to.clock.slice(0, 8)} UTC`;
};

/** How a language writes durations. */
export interface DurationUnits {
  readonly d: string;
  readonly h: string;
  readonly min: string;
  readonly s: string;
  readonly ms: string;
}

const STEPS: readonly { readonly unit: keyof DurationUnits; readonly ms: number; readonly next: keyof DurationUnits; readonly nextMs: number }[] = [
  { unit: 'd', ms: 86_400_000, next: 'h', nextMs: 3_600_000 },
  { unit: 'h', ms: 3_600_000, next: 'min', nextMs: 60_000 },
  { unit: 'min', ms: 60_000, next: 's', nextMs: 1000 },
];

/** `340 ms`, `5.1 s`, `3 min 20 s`, `2 h 5 min`, `4 d 3 h`; in Korean `3분 20초`. A unit brings its own space before it. */
export const durationText = (durationMs: number, units: DurationUnits): string => {
  const ms = Math.max(0, durationMs);
  if (ms < 1000) return `${Math.round(ms)}${units.ms}`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(ms < 9950 ? 1 : 0).replace(/\.0$/, '')}${units.s}`;
  const step = STEPS.find((candidate) => ms >= candidate.ms - candidate.nextMs / 2);
  if (step === undefined) return `1${units.min}`;
  const small = Math.round((ms % step.ms) / step.nextMs);
  const whole = Math.floor(ms / step.ms);
  const carried = small * step.nextMs >= step.ms ? whole + 1 : whole;
  return carried > whole || small === 0 ? `${carried}${units[step.unit]}` : `${whole}${units[step.unit]} ${small}${units[step.next]}`;
};

export const intervalMs = ({ start, end }: Interval): number => Date.parse(end) - Date.parse(start);

/** At most four characters: `999`, `1.2k`, `35k`, `1.2M`. */
export const shortCount = (count: number): string => {
  if (count < 1000) return String(count);
  const [value, unit] = count < 1e6 ? [count / 1e3, 'k'] : count < 1e9 ? [count / 1e6, 'M'] : [count / 1e9, 'G'];
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)}${unit}`;
};
