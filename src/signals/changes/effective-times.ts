/** When a change begins to act: when it is made, and later where it says so itself: an instant in a schedule, or the first turn of a cron line. */
import type { EpochMs } from '../../domain/time.ts';

/** RFC 3339, with or without seconds; without an offset it is taken as UTC. */
const INSTANT = /\b(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?/g;
/** Five fields (crontab(5)), as the value of a setting. */
const CRON = /(?:cron|schedule)\w{0,20}["']?\s{0,4}[:=(]\s{0,4}["']?((?:[\d*,/-]{1,40}\s{1,4}){4}[\d*,/A-Za-z-]{1,20})/i;
const MAX_TIMES = 20;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** What lies farther ahead is a deadline, an expiry or a year in a text. */
const HORIZON_MS = 7 * DAY_MINUTES * MINUTE_MS;

const instantsIn = (line: string): readonly EpochMs[] =>
  [...line.matchAll(INSTANT)].slice(0, MAX_TIMES).flatMap(([, day = '', time = '', offset = 'Z']) => {
    const at = Date.parse(`${day}T${time}${offset}`);
    return Number.isFinite(at) ? [at] : [];
  });

/** Does a minute or an hour fit one field? Names and the days are not looked at. */
const fits = (field: string, value: number): boolean =>
  field.split(',').some((part) => {
    const [range = '', step] = part.split('/');
    const [low, high] = range === '*' ? [0, 59] : [Number(range.split('-')[0]), Number(range.split('-').at(-1))];
    const every = step === undefined ? 1 : Number(step);
    return value >= low && value <= (step !== undefined && !range.includes('-') && range !== '*' ? 59 : high) && every > 0 && (value - low) % every === 0;
  });

/** The first turn after `time`, by minute and hour, within a day; null of none. */
const firstTurn = (line: string, time: EpochMs): EpochMs | null => {
  const [minutes, hours, ...rest] = CRON.exec(line.slice(0, 500))?.[1]?.trim().split(/\s+/) ?? [];
  if (minutes === undefined || hours === undefined || rest.length < 3) return null;
  const start = Math.floor(time / MINUTE_MS) + 1;
  for (let minute = start; minute < start + DAY_MINUTES; minute++) if (fits(minutes, minute % 60) && fits(hours, Math.floor(minute / 60) % 24)) return minute * MINUTE_MS;
  return null;
};

/** Instants after `time` at which what the lines say begins to act, ascending. */
export const laterEffects = (lines: readonly string[], time: EpochMs): readonly EpochMs[] => {
  const found = new Set<EpochMs>();
  for (const line of lines) {
    if (found.size >= MAX_TIMES) break;
    for (const at of instantsIn(line.slice(0, 500))) if (at > time && at - time <= HORIZON_MS) found.add(at);
    const turn = firstTurn(line, time);
    if (turn !== null) found.add(turn);
  }
  return [...found].sort((a, b) => a - b);
};
