/** Events over time as stacked bars with incident bands: one SVG, no script; errors have a strip of their own below. */
import type { LogIncident } from '../../domain/digest.ts';
import type { LogSummary } from '../../domain/log-summary.ts';
import type { TimeWindow } from '../../domain/time.ts';
import { countText } from '../../shared/count-text.ts';
import { chartWindow } from '../resample.ts';
import { type ClassCounts, countsByClass, EVENT_CLASSES } from '../series-by-class.ts';
import { shortCount } from '../time-text.ts';
import type { RenderWords } from '../words/words.ts';
import { coordinate, html, type Markup, NOTHING } from './markup.ts';
import { timeTicks } from './time-axis.ts';

const WIDTH = 960;
const LEFT = 44;
const TOP = 18;
const MAIN = 150;
const GAP = 10;
const STRIP = 34;
const AXIS = 20;
const HEIGHT = TOP + MAIN + GAP + STRIP + AXIS;
const SLOTS = 120;
/** Even one event is seen. */
const MIN_HEIGHT = 1.5;

interface Scale {
  readonly window: TimeWindow;
  readonly max: number;
  readonly maxError: number;
}

const xOf = (atMs: number, { start, end }: TimeWindow): number => LEFT + ((Math.min(Math.max(atMs, start), end) - start) / (end - start)) * (WIDTH - LEFT);

const bands = (incidents: readonly LogIncident[], window: TimeWindow): readonly Markup[] =>
  incidents.slice(0, 20).map((incident) => {
    const left = xOf(Date.parse(incident.start), window);
    const right = Math.max(left + 3, xOf(Date.parse(incident.end), window));
    return html`<g class="band"><rect x="${coordinate(left)}" y="${TOP}" width="${coordinate(right - left)}" height="${MAIN + GAP + STRIP}"/><text x="${coordinate(Math.min(left + 1, WIDTH - 24))}" y="${TOP - 5}">${incident.id}</text><title>${incident.severity} ${incident.title}</title></g>`;
  });

const slotTitle = (counts: ClassCounts, slot: number, window: TimeWindow, words: RenderWords): string => {
  const at = new Date(window.start + (slot * (window.end - window.start)) / SLOTS).toISOString().slice(11, 19);
  return `${at}  ${EVENT_CLASSES.map((kind) => `${words.volumeLegend[kind]} ${countText(Math.round(counts[kind][slot] ?? 0))}`).join(', ')}`;
};

const bars = (counts: ClassCounts, scale: Scale, words: RenderWords): readonly Markup[] => {
  const slotWidth = (WIDTH - LEFT) / SLOTS;
  return Array.from({ length: SLOTS }, (_, slot) => {
    const x = coordinate(LEFT + slot * slotWidth + 0.5);
    const width = coordinate(slotWidth - 1);
    let bottom = TOP + MAIN;
    const parts = EVENT_CLASSES.map((kind) => {
      const events = counts[kind][slot] ?? 0;
      if (events <= 0) return NOTHING;
      const height = Math.max(MIN_HEIGHT, (events / scale.max) * MAIN);
      bottom -= height;
      return html`<rect class="${kind}" x="${x}" y="${coordinate(bottom)}" width="${width}" height="${coordinate(height)}"/>`;
    });
    const errors = counts.error[slot] ?? 0;
    const errorHeight = errors > 0 ? Math.max(MIN_HEIGHT, (errors / scale.maxError) * STRIP) : 0;
    const strip = errors > 0 ? html`<rect class="error" x="${x}" y="${coordinate(TOP + MAIN + GAP + STRIP - errorHeight)}" width="${width}" height="${coordinate(errorHeight)}"/>` : NOTHING;
    if (bottom === TOP + MAIN) return NOTHING;
    return html`<g>${parts}${strip}<title>${slotTitle(counts, slot, scale.window, words)}</title></g>`;
  });
};

/** A horizontal line with its value. */
const level = (y: number, label: string): Markup => html`<line x1="${LEFT}" x2="${WIDTH}" y1="${y}" y2="${y}"/><text x="${LEFT - 6}" y="${y + 4}" text-anchor="end">${label}</text>`;

const axes = ({ window, max, maxError }: Scale): Markup => {
  const ticks = timeTicks(window, 8).map(({ atMs, label }) => {
    const x = coordinate(xOf(atMs, window));
    return html`<line x1="${x}" x2="${x}" y1="${TOP}" y2="${HEIGHT - AXIS}"/><text x="${x}" y="${HEIGHT - 5}" text-anchor="middle">${label}</text>`;
  });
  const half = max >= 2 ? level(TOP + MAIN / 2, shortCount(Math.round(max / 2))) : NOTHING;
  return html`<g class="axis">${ticks}${level(TOP, shortCount(Math.round(max)))}${half}${level(TOP + MAIN, '0')}${maxError > 0 ? level(TOP + MAIN + GAP, shortCount(Math.round(maxError))) : NOTHING}${level(HEIGHT - AXIS, '0')}</g>`;
};

export const volumeChart = (summary: LogSummary, incidents: readonly LogIncident[], words: RenderWords): Markup => {
  const window = chartWindow(summary);
  if (window === null || summary.events === 0) return NOTHING;
  // A moment is drawn as a second.
  const shown = window.end - window.start < 1000 ? { start: window.start, end: window.start + 1000 } : window;
  const counts = countsByClass(summary, shown, SLOTS);
  const totals = counts.error.map((errors, slot) => errors + (counts.warn[slot] ?? 0) + (counts.other[slot] ?? 0));
  const scale: Scale = { window: shown, max: Math.max(1, ...totals), maxError: Math.max(0, ...counts.error) };
  const legend = [...EVENT_CLASSES, 'incident' as const].map((kind) => html`<span><i class="key ${kind}"></i>${words.volumeLegend[kind]}</span>`);
  return html`<section><h2>${words.volume}</h2><p class="legend">${legend}</p><div class="scroll"><svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${words.volumeText(countText(summary.events), countText(summary.errors))}">${axes(scale)}${bands(incidents, shown)}${bars(counts, scale, words)}</svg></div></section>`;
};
