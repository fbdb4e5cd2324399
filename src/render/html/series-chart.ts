/** One series as a line over its normal band: gaps stay gaps, the onset is marked. One SVG, no script. */
import type { ChartPoint, SeriesChart } from '../../domain/report-view.ts';
import { toRfc3339, type TimeWindow } from '../../domain/time.ts';
import { clockText } from '../time-text.ts';
import { valueText, valueTicks } from '../value-text.ts';
import type { ReportWords } from '../words/report-words.ts';
import { coordinate, html, type Markup, NOTHING } from './markup.ts';
import { timeTicks } from './time-axis.ts';

export const CHART_WIDTH = 460;
export const CHART_HEIGHT = 170;
const LEFT = 58;
const RIGHT = 10;
const TOP = 16;
const BOTTOM = 22;
const TICKS = 4;
/** Minima far above nought are drawn from there: a memory that grows by a tenth is seen. */
const FROM_ZERO = 0.6;
const LABEL_CHARS = 60;
/** Differences of what is drawn must not overflow. */
const LARGEST = 1e300;

interface Scale {
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export const rangeOf = ({ runs, band }: SeriesChart): { readonly low: number; readonly high: number } => {
  let low = band?.low ?? Number.POSITIVE_INFINITY;
  let high = band?.high ?? Number.NEGATIVE_INFINITY;
  for (const run of runs) {
    for (const { value } of run) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return Number.isFinite(low) && Number.isFinite(high) ? { low: clamp(low, -LARGEST, LARGEST), high: clamp(high, -LARGEST, LARGEST) } : { low: 0, high: 1 };
};

const scaleOf = (chart: SeriesChart): Scale => {
  const { low, high } = rangeOf(chart);
  const floor = low >= 0 && low < FROM_ZERO * high ? 0 : low;
  const flat = high - floor < 1e-9 * Math.max(1, Math.abs(high));
  const ticks = flat ? valueTicks(floor - Math.max(1, Math.abs(floor)) / 2, high + Math.max(1, Math.abs(high)) / 2, TICKS) : valueTicks(floor, high, TICKS);
  const bottom = ticks[0] ?? 0;
  const top = ticks.at(-1) ?? 1;
  const { start, end } = chart.shown;
  return {
    x: (at) => clamp(LEFT + ((at - start) / Math.max(1, end - start)) * (CHART_WIDTH - LEFT - RIGHT), LEFT, CHART_WIDTH - RIGHT),
    y: (value) => clamp(CHART_HEIGHT - BOTTOM - ((value - bottom) / Math.max(Number.MIN_VALUE, top - bottom)) * (CHART_HEIGHT - TOP - BOTTOM), TOP, CHART_HEIGHT - BOTTOM),
    ticks,
  };
};

/** Samples at nearly the same place add nothing. */
const lineOf = (run: readonly ChartPoint[], { x, y }: Scale): Markup => {
  const [only] = run;
  if (run.length === 1 && only !== undefined) return html`<circle class="line" cx="${coordinate(x(only.at))}" cy="${coordinate(y(only.value))}" r="2"/>`;
  return html`<path class="line" d="${run.map(({ at, value }, index) => `${index === 0 ? 'M' : 'L'}${coordinate(x(at))} ${coordinate(y(value))}`).join('')}"/>`;
};

const axes = ({ shown, unit, isRate }: SeriesChart, { x, y, ticks }: Scale): Markup => {
  const levels = ticks.map((value) => html`<line x1="${LEFT}" x2="${CHART_WIDTH - RIGHT}" y1="${coordinate(y(value))}" y2="${coordinate(y(value))}"/><text x="${LEFT - 6}" y="${coordinate(y(value) + 4)}" text-anchor="end">${valueText(value, unit, isRate)}</text>`);
  const times = timeTicks(shown, 5).map(({ atMs, label }) => html`<text x="${coordinate(clamp(x(atMs), LEFT + 14, CHART_WIDTH - 18))}" y="${CHART_HEIGHT - 6}" text-anchor="middle">${label}</text>`);
  return html`<g class="axis">${levels}${times}</g>`;
};

const area = (window: TimeWindow, { x }: Scale): Markup =>
  html`<rect class="calm" x="${coordinate(x(window.start))}" y="${TOP}" width="${coordinate(Math.max(0, x(window.end) - x(window.start)))}" height="${CHART_HEIGHT - TOP - BOTTOM}"/>`;

const bandOf = ({ band }: SeriesChart, { y }: Scale): Markup => {
  if (band === null) return NOTHING;
  const top = y(band.high);
  const middle = coordinate(y(band.median));
  return html`<rect class="usual" x="${LEFT}" y="${coordinate(top)}" width="${CHART_WIDTH - LEFT - RIGHT}" height="${coordinate(Math.max(1, y(band.low) - top))}"/><line class="median" x1="${LEFT}" x2="${CHART_WIDTH - RIGHT}" y1="${middle}" y2="${middle}"/>`;
};

const upright = (className: string, at: number, label: string, { x }: Scale): Markup => {
  const left = coordinate(x(at));
  const anchor = x(at) > CHART_WIDTH * 0.75 ? 'end' : x(at) < LEFT + 40 ? 'start' : 'middle';
  return html`<line class="${className}" x1="${left}" x2="${left}" y1="${TOP}" y2="${CHART_HEIGHT - BOTTOM}"/><text class="${className}" x="${left}" y="${TOP - 5}" text-anchor="${anchor}">${label}</text>`;
};

const clock = (at: number): string => clockText(toRfc3339(at));

const shortText = (text: string): string => (text.length > LABEL_CHARS ? `${text.slice(0, LABEL_CHARS)}…` : text);

export const chartText = (chart: SeriesChart, words: ReportWords): string => {
  const { unit, isRate, band, observed, onset, shown, runs } = chart;
  const { low, high } = rangeOf(chart);
  const value = (one: number): string => valueText(one, unit, isRate);
  return words.chartText({
    metric: shortText(chart.metric), component: chart.component === null ? null : shortText(chart.component), low: value(low), high: value(high), from: clock(shown.start), to: clock(shown.end),
    normal: band === null ? null : value(band.median), observed: observed === null ? null : value(observed), onset: onset === null ? null : `${clock(onset)}${chart.isEarlier ? ` ${words.earlier}` : ''}`, gaps: Math.max(0, runs.length - 1),
  });
};

export const seriesChart = (chart: SeriesChart, words: ReportWords): Markup => {
  const scale = scaleOf(chart);
  const begins = chart.window.start > chart.shown.start ? html`<line class="begins" x1="${coordinate(scale.x(chart.window.start))}" x2="${coordinate(scale.x(chart.window.start))}" y1="${TOP}" y2="${CHART_HEIGHT - BOTTOM}"/>` : NOTHING;
  const onset = chart.onset === null || chart.onset < chart.shown.start || chart.onset > chart.shown.end ? NOTHING : upright('onset', chart.onset, `${chart.isEarlier ? '≤ ' : ''}${clock(chart.onset)}`, scale);
  return html`<svg class="series" viewBox="0 0 ${CHART_WIDTH} ${CHART_HEIGHT}" role="img" aria-label="${chartText(chart, words)}">${chart.baseline === null ? NOTHING : area(chart.baseline, scale)}${axes(chart, scale)}${bandOf(chart, scale)}${begins}${onset}${chart.runs.map((run) => lineOf(run, scale))}</svg>`;
};
