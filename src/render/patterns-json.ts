/** The pattern table of `faultline patterns --format json`: the shape fixed in the contract. */
import type { LogPattern, LogSummary } from '../domain/log-summary.ts';
import { type EpochMs, toRfc3339 } from '../domain/time.ts';
import { renderJson } from './json.ts';

const timeText = (at: EpochMs | null): string | null => (at === null ? null : toRfc3339(at));

/** Names, the one with most events first. */
export const servicesByCount = ({ services }: Pick<LogPattern, 'services'>): readonly string[] =>
  Object.entries(services)
    .sort(([aName, aCount], [bName, bCount]) => bCount - aCount || (aName < bName ? -1 : 1))
    .map(([name]) => name);

export const renderPatternsJson = (summary: LogSummary): string =>
  renderJson({
    patterns: summary.patterns.map((pattern) => ({
      id: pattern.id,
      template: pattern.template,
      count: pattern.count,
      severity: pattern.level,
      services: servicesByCount(pattern),
      first_seen: timeText(pattern.firstSeen),
      last_seen: timeText(pattern.lastSeen),
      samples: pattern.samples.map(({ text }) => text),
    })),
    lines: summary.lines,
    events: summary.events,
  });
