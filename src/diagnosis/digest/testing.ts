/** Summaries for tests, built from events the way an engine would count them. */
import type { LogException, LogPattern, LogSummary, TimeSeries } from '../../domain/log-summary.ts';
import { type LogLevel, levelRank } from '../../domain/severity.ts';
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import { fingerprint } from '../../shared/hash.ts';

export const T0: EpochMs = Date.parse('2025-03-04T10:00:00Z');
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

export interface Said {
  readonly template: string;
  readonly level: LogLevel | null;
  /** Instants of the events; NaN where one has no time. */
  readonly at: readonly EpochMs[];
  readonly baselineAt?: readonly EpochMs[];
  readonly service?: string;
  readonly host?: string;
  readonly env?: string;
  readonly sample?: string;
  readonly values?: readonly string[];
  readonly exception?: readonly string[];
  /** Of those events, the ones at ERROR; the others are INFO. */
  readonly errorAt?: readonly EpochMs[];
}

/** `count` instants from `start` on, evenly over `durationMs`. */
export const evenly = (start: EpochMs, durationMs: number, count: number): EpochMs[] => Array.from({ length: count }, (_, i) => Math.floor(start + (i * durationMs) / count));

export const idOf = (template: string): string => `p_${fingerprint(template)}`;

export const seriesOf = (instants: readonly EpochMs[], maxBuckets = 512): TimeSeries => {
  const timed = instants.filter((at) => !Number.isNaN(at)).sort((a, b) => a - b);
  for (let widthMs = SECOND; ; widthMs *= 2) {
    const buckets = new Map<number, { at: EpochMs; count: number; first: EpochMs }>();
    for (const at of timed) {
      const start = Math.floor(at / widthMs) * widthMs;
      const bucket = buckets.get(start);
      if (bucket === undefined) buckets.set(start, { at: start, count: 1, first: at });
      else bucket.count++;
    }
    if (buckets.size <= maxBuckets) return { widthMs, buckets: [...buckets.values()] };
  }
};

const exceptionOf = ({ exception = [], at, service }: Said): LogException => ({
  fingerprint: `x_${fingerprint(exception.join())}`, types: exception, message: '', frames: [], count: at.length,
  firstSeen: at[0] ?? null, lastSeen: at.at(-1) ?? null, services: service === undefined ? {} : { [service]: at.length },
});

const patternOf = (said: Said): LogPattern => {
  const { template, level, at, baselineAt = [], service, host, env, values = [], exception, errorAt } = said;
  const timed = at.filter((instant) => !Number.isNaN(instant)).sort((a, b) => a - b);
  const levels = errorAt === undefined ? (level === null ? {} : { [level]: at.length }) : { ERROR: errorAt.length, INFO: at.length - errorAt.length };
  const text = said.sample ?? template.replaceAll('<*>', '7');
  return {
    id: idOf(template), template, count: at.length, level, levels,
    firstSeen: timed[0] ?? null, lastSeen: timed.at(-1) ?? null,
    services: service === undefined ? {} : { [service]: at.length },
    hosts: host === undefined ? [] : [host], envs: env === undefined ? [] : [env], regions: [], loggers: [],
    series: seriesOf(at), ...(errorAt === undefined ? {} : { errorSeries: seriesOf(errorAt) }),
    samples: at.length === 0 ? [] : [{ text, at: timed[0] ?? null, source: 'app.log', line: 1 }],
    variables: values.map((value, index) => ({ index, values: [{ value, count: at.length }] })),
    exceptions: exception === undefined ? {} : { [exceptionOf(said).fingerprint]: at.length },
    baselineCount: baselineAt.length, baselineSeries: seriesOf(baselineAt),
  };
};

/** @param all one entry a template */
export const summaryOf = (all: readonly Said[], baseline: TimeWindow | null = null): LogSummary => {
  const patterns = all.map(patternOf).sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
  const instants = all.flatMap(({ at }) => at);
  const timed = instants.filter((at) => !Number.isNaN(at)).sort((a, b) => a - b);
  const [first] = timed;
  const last = timed.at(-1);
  return {
    lines: instants.length, events: instants.length,
    errors: all.reduce((sum, { level, at, errorAt }) => sum + (errorAt?.length ?? (levelRank(level) >= levelRank('ERROR') ? at.length : 0)), 0),
    period: first === undefined || last === undefined ? null : { start: first, end: last + 1 },
    baseline, patterns, exceptions: all.filter(({ exception }) => exception !== undefined).map(exceptionOf), streams: [],
    series: seriesOf(instants), baselineSeries: seriesOf(all.flatMap(({ baselineAt = [] }) => baselineAt)), gaps: [],
  };
};
