/** What is counted over all streams of one run. */
import type { LogLevel } from '../../domain/severity.ts';
import { isErrorLevel, levelRank } from '../../domain/severity.ts';
import { contains, type EpochMs, type TimeWindow } from '../../domain/time.ts';
import { Assignments } from './assignments.ts';
import type { ExceptionRow } from './exceptions.ts';
import type { Interpreter } from './interpreter.ts';
import type { Row } from './rows.ts';
import { SeriesCounter } from './series.ts';
import { addValues } from './variables.ts';

export interface EventFilter {
  readonly since: EpochMs | null;
  readonly until: EpochMs | null;
  readonly baseline: TimeWindow | null;
  /** Lower case; null: all. */
  readonly services: ReadonlySet<string> | null;
  readonly minLevel: LogLevel | null;
}

/** What becomes of an event. */
export const FATE = { dropped: 0, analysed: 1, baseline: 2 } as const;
export type Fate = (typeof FATE)[keyof typeof FATE];

const TOTAL_BUCKETS = 2_048;
export class EventCounter {
  events = 0;
  errors = 0;
  droppedEvents = 0;
  undatedEvents = 0;
  readonly series = new SeriesCounter(TOTAL_BUCKETS);
  readonly baselineSeries = new SeriesCounter(TOTAL_BUCKETS);
  readonly assignments: Assignments | null;
  readonly interpreter: Interpreter;
  /** Kept where a filter is; elsewhere {@link series} knows it. */
  private extentStart = Number.POSITIVE_INFINITY;
  private extentEnd = Number.NEGATIVE_INFINITY;
  private readonly filter: EventFilter;
  private readonly passesAll: boolean;

  constructor(interpreter: Interpreter, filter: EventFilter, keepAssignments: boolean) {
    this.interpreter = interpreter;
    this.filter = filter;
    this.assignments = keepAssignments ? new Assignments() : null;
    this.passesAll =
      filter.since === null && filter.until === null && filter.baseline === null && filter.services === null && filter.minLevel === null;
  }

  /** @param at the event's instant, or that of the event before it in its stream; NaN where neither is known */
  fateOf(row: Row, at: EpochMs, inBaseline: boolean): Fate {
    if (this.passesAll) return inBaseline ? FATE.baseline : FATE.analysed;
    const fate = this.fateByTime(at, inBaseline);
    // What level and service leave out still shows that the log went on.
    if (fate === FATE.analysed && !Number.isNaN(at)) this.extend(at, at + 1);
    return this.isChosen(row) ? fate : FATE.dropped;
  }

  private fateByTime(at: EpochMs, inBaseline: boolean): Fate {
    const { since, until, baseline } = this.filter;
    if (inBaseline || (baseline !== null && contains(baseline, at))) return FATE.baseline;
    if ((since !== null && !(at >= since)) || (until !== null && !(at < until))) return FATE.dropped;
    return FATE.analysed;
  }

  private isChosen(row: Row): boolean {
    const { services, minLevel } = this.filter;
    if (minLevel !== null && levelRank(row.level) < levelRank(minLevel)) return false;
    return services === null || (row.service !== null && services.has(row.service.toLowerCase()));
  }

  /** Widens the extent; half open. */
  extend(start: EpochMs, end: EpochMs): void {
    if (start < this.extentStart) this.extentStart = start;
    if (end > this.extentEnd) this.extentEnd = end;
  }

  /** From the first to just after the last instant inside the chosen time, events left out by level or service included. */
  extent(): TimeWindow | null {
    const start = Math.min(this.extentStart, this.series.first);
    const end = Math.max(this.extentEnd, this.series.last + 1);
    return start < end ? { start, end } : null;
  }

  /** Counts the event's beginning. */
  count(row: Row, at: EpochMs, fate: Fate): void {
    if (fate === FATE.dropped) {
      this.droppedEvents++;
      return;
    }
    const dated = !Number.isNaN(at);
    if (fate === FATE.baseline) {
      row.addBaseline(at);
      if (dated) this.baselineSeries.add(at);
      return;
    }
    this.events++;
    if (isErrorLevel(row.level)) this.errors++;
    row.count++;
    if (dated) {
      row.series.add(at);
      this.series.add(at);
    } else this.undatedEvents++;
  }

  /** Whether the event's line should be looked at for hosts, environments, values and the like. */
  wantsLook(row: Row): boolean {
    return row.valueEvents < row.looks;
  }

  look(row: Row, line: string): void {
    const { parsed, message } = this.interpreter.interpret(line);
    addValues(row, this.interpreter.masker.mask(message));
    row.addDetail('hosts', parsed.host);
    row.addDetail('envs', parsed.env);
    row.addDetail('regions', parsed.region);
    row.addDetail('loggers', parsed.logger);
  }

  addException(row: Row, exception: ExceptionRow, at: EpochMs): void {
    exception.add(at, row.service);
    row.addException(exception.fingerprint, 1);
  }
}
