/** Patterns × time: the darker, the more events; the pattern's own maximum is darkest, so that rare ones show. */
import type { DigestPattern } from '../../domain/digest.ts';
import type { LogSummary } from '../../domain/log-summary.ts';
import { levelRank } from '../../domain/severity.ts';
import { countText } from '../../shared/count-text.ts';
import { truncate } from '../display-width.ts';
import { plainLine } from '../plain-text.ts';
import { chartWindow, resample } from '../resample.ts';
import { mainClass } from '../series-by-class.ts';
import type { RenderWords } from '../words/words.ts';
import { coordinate, html, Markup, NOTHING } from './markup.ts';
import { timeTicks } from './time-axis.ts';

const ROWS = 24;
const SLOTS = 80;
const WIDTH = 960;
const LABEL = 330;
const ROW_HEIGHT = 17;
const AXIS = 20;
/** Opacity of a slot with one event of many. */
const FAINTEST = 0.22;

/** The worst first, then the most frequent: what a reader looks for is in the first rows. */
const chosen = (patterns: readonly DigestPattern[]): readonly DigestPattern[] =>
  [...patterns]
    .filter(({ count }) => count > 0)
    .sort((a, b) => Number(levelRank(b.severity) >= 4) - Number(levelRank(a.severity) >= 4) || levelRank(b.severity) - levelRank(a.severity) || b.count - a.count || (a.id < b.id ? -1 : 1))
    .slice(0, ROWS)
    .sort((a, b) => (a.first_seen ?? '').localeCompare(b.first_seen ?? '') || (a.id < b.id ? -1 : 1));

export const heatMap = (patterns: readonly DigestPattern[], summary: LogSummary, words: RenderWords): Markup => {
  const window = chartWindow(summary);
  const rows = chosen(patterns);
  if (window === null || rows.length < 2 || window.end - window.start < 2000) return NOTHING;
  const known = new Map(summary.patterns.map((pattern) => [pattern.id, pattern]));
  const slotWidth = (WIDTH - LABEL) / SLOTS;
  const lines = rows.map((pattern, row) => {
    const own = known.get(pattern.id);
    const counts = own === undefined ? [] : resample(own.series, window, SLOTS);
    const errors = own?.errorSeries === undefined ? [] : resample(own.errorSeries, window, SLOTS);
    const max = Math.max(...counts, 0);
    const cells = counts.map((count, slot) => {
      if (count <= 0) return NOTHING;
      const opacity = FAINTEST + (1 - FAINTEST) * Math.sqrt(count / max);
      const alarm = (errors[slot] ?? 0) > 0 ? ' class="error"' : '';
      return html`<rect${new Markup(alarm)} x="${coordinate(LABEL + slot * slotWidth)}" y="${row * ROW_HEIGHT + 1}" width="${coordinate(slotWidth - 0.4)}" height="${ROW_HEIGHT - 3}" fill-opacity="${opacity.toFixed(2)}"/>`;
    });
    return html`<g class="${own === undefined ? 'other' : mainClass(own)}"><title>${pattern.severity ?? ''} ×${countText(pattern.count)} ${pattern.template.slice(0, 300)}</title><text x="0" y="${row * ROW_HEIGHT + 12}">${truncate(plainLine(pattern.template), 52)}</text>${cells}</g>`;
  });
  const height = rows.length * ROW_HEIGHT + AXIS;
  const ticks = timeTicks(window, 6).map(({ atMs, label }) => {
    const x = coordinate(LABEL + ((atMs - window.start) / (window.end - window.start)) * (WIDTH - LABEL));
    return html`<line x1="${x}" x2="${x}" y1="0" y2="${height - AXIS}"/><text x="${x}" y="${height - 5}" text-anchor="middle">${label}</text>`;
  });
  return html`<section><h2>${words.heatmap}</h2><div class="scroll"><svg class="heat" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${words.heatmapText(String(rows.length))}"><g class="axis">${ticks}</g>${lines}</svg></div></section>`;
};
