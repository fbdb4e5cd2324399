/** The bounded table of rows: exact while it has room, honest when it has not. */
import type { LogLevel } from '../../domain/severity.ts';
import { levelRank } from '../../domain/severity.ts';
import { createMatcher, mineTemplates } from './patterns/mine.ts';
import { OTHER_TOKENS, Row } from './rows.ts';

export interface RowLimits {
  /** Rows below WARN. */
  readonly plain: number;
  /** Rows at WARN and above: kept apart, so that no amount of chatter pushes a rare error out. */
  readonly severe: number;
}
export const ROW_LIMITS: RowLimits = { plain: 8_192, severe: 4_096 };

const WARN_RANK = levelRank('WARN');
/** A class of rows is guarded when compaction leaves more than this share of its limit. */
const CROWDED = 0.6;
const COMPACTION_SAMPLE = 1_000;
const DOORKEEPER_SLOTS = 1 << 17;
const FIELD = '\u0001';
const TOKEN = '\u0002';

const keyOf = (tokens: readonly string[], level: LogLevel | null, service: string | null): string =>
  `${level ?? ''}${FIELD}${service ?? ''}${FIELD}${tokens.join(TOKEN)}`;

const mineable = (row: Row): { tokens: readonly string[]; count: number } => ({ tokens: row.tokens, count: row.count + row.baselineCount });

/** Whether mining a sample of the rows leaves clearly fewer: not so for text that never repeats, and mining costs. */
const isCompactable = (rows: readonly Row[]): boolean => {
  const step = Math.max(1, Math.floor(rows.length / COMPACTION_SAMPLE));
  const sample = rows.filter((_, index) => index % step === 0);
  return mineTemplates(sample.map(mineable)).templates.length < sample.length * CROWDED;
};

/**
 * Rows by (tokens, level, service). When a class (plain or severe) is full, its rows are compacted: those of one
 * template become one row. Where that does not help (text that never repeats) single sightings are folded into
 * the row `<*>` of their level, and from then on a new row needs a second sighting; counts always add up.
 */
export class RowTable {
  /** Grows when rows are compacted or evicted: whoever keeps rows must look them up anew. */
  generation = 0;
  /** Events that went to the `<*>` rows for want of room. */
  overflowEvents = 0;
  private readonly limits: RowLimits;
  private readonly rows = new Map<string, Row>();
  private readonly others = new Map<LogLevel | null, Row>();
  private readonly counts = { plain: 0, severe: 0 };
  private readonly guarded = { plain: false, severe: false };
  private doorkeeper: Int32Array | null = null;
  private match: ((tokens: readonly string[]) => number) | null = null;
  private templateTokens: readonly (readonly string[])[] = [];

  constructor(limits: RowLimits = ROW_LIMITS) {
    this.limits = limits;
  }

  /** Whether some class of rows takes only what was seen before. */
  get isGuarded(): boolean {
    return this.guarded.plain || this.guarded.severe;
  }

  /** Whether a shape seen for the first time would be turned away: the caller can spare itself the parse. */
  turnsAway(level: LogLevel | null, hash: number, check: number): boolean {
    if (!this.guarded[this.classOf(level)]) return false;
    this.doorkeeper ??= new Int32Array(DOORKEEPER_SLOTS);
    const slot = (hash ^ (check >>> 7)) & (DOORKEEPER_SLOTS - 1);
    const seen = this.doorkeeper[slot] === (check | 1);
    this.doorkeeper[slot] = check | 1;
    return !seen;
  }

  /** The row that counts what found no room, one a level. */
  other(level: LogLevel | null): Row {
    let row = this.others.get(level);
    if (row === undefined) {
      row = new Row(OTHER_TOKENS, level, null);
      this.others.set(level, row);
    }
    return row;
  }

  find(tokens: readonly string[], level: LogLevel | null, service: string | null): Row {
    const key = keyOf(tokens, level, service);
    const known = this.rows.get(key);
    if (known !== undefined) return known;
    if (this.match !== null) {
      const index = this.match(tokens);
      const template = this.templateTokens[index];
      if (template !== undefined) return this.findExact(template, level, service);
    }
    return this.add(key, new Row(tokens, level, service));
  }

  all(): Row[] {
    return [...this.rows.values(), ...[...this.others.values()].filter((row) => row.count + row.baselineCount > 0)];
  }

  private classOf(level: LogLevel | null): 'plain' | 'severe' {
    return levelRank(level) >= WARN_RANK ? 'severe' : 'plain';
  }

  private findExact(tokens: readonly string[], level: LogLevel | null, service: string | null): Row {
    const key = keyOf(tokens, level, service);
    return this.rows.get(key) ?? this.add(key, new Row(tokens, level, service));
  }

  private add(key: string, row: Row): Row {
    const kind = row.severe ? 'severe' : 'plain';
    if (this.counts[kind] >= this.limits[kind]) {
      if (this.guarded[kind]) this.evictSingles(kind);
      else this.compact(kind);
      if (this.counts[kind] >= this.limits[kind]) return this.other(row.level);
    }
    this.rows.set(key, row);
    this.counts[kind]++;
    return row;
  }

  /** Folds rows of one template into one, where a sample says that there are such. */
  private compact(kind: 'plain' | 'severe'): void {
    const old = [...this.rows.values()];
    if (!isCompactable(old.filter((row) => row.severe === (kind === 'severe')))) {
      this.guard(kind);
      return;
    }
    const { tokensOf, templateOf } = mineTemplates(old.map(mineable));
    this.templateTokens = tokensOf;
    const matcher = createMatcher(tokensOf);
    this.match = (tokens) => matcher.match(tokens);
    this.rows.clear();
    this.counts.plain = 0;
    this.counts.severe = 0;
    old.forEach((row, index) => {
      const tokens = tokensOf[templateOf[index] ?? -1] ?? row.tokens;
      const key = keyOf(tokens, row.level, row.service);
      let target = this.rows.get(key);
      if (target === undefined) {
        target = new Row(tokens, row.level, row.service);
        this.rows.set(key, target);
        this.counts[row.severe ? 'severe' : 'plain']++;
      }
      target.absorb(row);
    });
    this.generation++;
    if (this.counts[kind] > this.limits[kind] * CROWDED) this.guard(kind);
  }

  /** From now on a row of this class needs a second sighting. */
  private guard(kind: 'plain' | 'severe'): void {
    this.guarded[kind] = true;
    this.evictSingles(kind);
  }

  private evictSingles(kind: 'plain' | 'severe'): void {
    for (const [key, row] of this.rows) {
      if (row.severe !== (kind === 'severe') || row.count + row.baselineCount > 1) continue;
      this.rows.delete(key);
      this.counts[kind]--;
      this.overflowEvents += row.count;
      this.other(row.level).absorb(row);
    }
    this.generation++;
  }
}

