/** Onsets, changes, alerts and detection: a chart with one row a component, and the same as a list. */
import type { ReportView, TimelineMark } from '../../domain/report-view.ts';
import { toRfc3339, type TimeWindow } from '../../domain/time.ts';
import { displayWidth, truncate } from '../display-width.ts';
import { plainLine } from '../plain-text.ts';
import { clockText, dateText } from '../time-text.ts';
import type { ReportWords } from '../words/report-words.ts';
import { coordinate, html, type Markup, NOTHING } from './markup.ts';
import { timeTicks } from './time-axis.ts';

const WIDTH = 960;
const LEFT = 190;
const RIGHT = 16;
const TOP = 22;
const LANE = 26;
const AXIS = 22;
const MAX_LANES = 14;
const NAME_COLUMNS = 22;
const LABEL_CHARS = 160;

/** Components by their earliest mark, the blamed before others; what names nobody shares one lane. */
const lanesOf = (marks: readonly TimelineMark[]): readonly (string | null)[] => {
  const lanes = new Map<string | null, number>();
  for (const { component, at, isBlamed, kind } of marks) {
    if (kind === 'detected') continue;
    const place = isBlamed ? Number.NEGATIVE_INFINITY : at;
    lanes.set(component, Math.min(lanes.get(component) ?? Number.POSITIVE_INFINITY, place));
  }
  return [...lanes].sort((a, b) => (a[1] === b[1] ? 0 : a[1] - b[1]) || ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)).slice(0, MAX_LANES).map(([name]) => name);
};

const shownWindow = ({ window, timeline }: ReportView): TimeWindow => {
  const first = Math.min(window.start, ...timeline.map(({ at }) => at));
  const length = Math.max(1000, window.end - window.start);
  return { start: Math.max(first, window.start - length), end: Math.max(window.start + 1000, window.end, Math.min(window.end + length, ...timeline.filter(({ kind }) => kind === 'detected').map(({ at }) => at + length / 50))) };
};

const shape = (kind: TimelineMark['kind'], x: number, y: number): Markup => {
  if (kind === 'change') return html`<path d="M${coordinate(x)} ${coordinate(y - 7)}l6 7l-6 7l-6 -7z"/>`;
  if (kind === 'alert') return html`<path d="M${coordinate(x)} ${coordinate(y - 6)}l7 12h-14z"/>`;
  return html`<circle cx="${coordinate(x)}" cy="${coordinate(y)}" r="5.5"/>`;
};

const clock = (at: number): string => clockText(toRfc3339(at));

const titleOf = (mark: TimelineMark, words: ReportWords): string => `${clock(mark.at)} ${words.marks[mark.kind]} ${mark.label.slice(0, LABEL_CHARS)}`;

const timelineChart = (view: ReportView, words: ReportWords): Markup => {
  const lanes = lanesOf(view.timeline);
  if (lanes.length === 0) return NOTHING;
  const window = shownWindow(view);
  const height = TOP + lanes.length * LANE + AXIS;
  const x = (at: number): number => LEFT + ((Math.min(Math.max(at, window.start), window.end) - window.start) / (window.end - window.start)) * (WIDTH - LEFT - RIGHT);
  const ticks = timeTicks(window, 8).map(({ atMs, label }) => html`<line x1="${coordinate(x(atMs))}" x2="${coordinate(x(atMs))}" y1="${TOP}" y2="${height - AXIS}"/><text x="${coordinate(x(atMs))}" y="${height - 6}" text-anchor="middle">${label}</text>`);
  const rows = lanes.map((name, index) => {
    const y = TOP + (index + 0.5) * LANE;
    const marks = view.timeline.filter((mark) => mark.component === name && mark.kind !== 'detected');
    const label = truncate(name === null ? words.everywhere : plainLine(name), NAME_COLUMNS);
    return html`<g class="lane"><line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/><text x="${LEFT - 12}" y="${y + 4}" text-anchor="end"${displayWidth(label) === 0 ? NOTHING : html` class="${marks.some(({ isBlamed }) => isBlamed) ? 'blamed' : 'name'}"`}>${label}</text>${marks.map((mark) => html`<g class="mark ${mark.kind}${mark.isBlamed ? ' blamed' : ''}">${shape(mark.kind, x(mark.at), y)}<title>${titleOf(mark, words)}</title></g>`)}</g>`;
  });
  const seen = coordinate(x(view.detectedAt));
  const text = words.timelineText(view.timeline.length, lanes.length);
  return html`<div class="scroll"><svg class="timeline" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${text}"><g class="axis">${ticks}</g><line class="seen" x1="${seen}" x2="${seen}" y1="${TOP - 4}" y2="${height - AXIS}"/><text class="seen" x="${seen}" y="${TOP - 8}" text-anchor="${x(view.detectedAt) > WIDTH - 60 ? 'end' : 'middle'}">${words.detected}</text>${rows}</svg></div>`;
};

const listItem = (mark: TimelineMark, withDate: boolean, words: ReportWords): Markup => {
  const instant = toRfc3339(mark.at);
  const who = mark.component === null ? NOTHING : html`<strong>${plainLine(mark.component)}</strong> `;
  const label = mark.label === '' ? NOTHING : html`<code>${plainLine(mark.label).slice(0, LABEL_CHARS)}</code> `;
  const quote = mark.quote === null ? NOTHING : html`<q>${plainLine(mark.quote)}</q> `;
  const blamed = mark.isBlamed && mark.kind === 'change' ? html`<span class="tag blamed">${words.blamed}</span> ` : NOTHING;
  const evidence = mark.evidence === null ? NOTHING : html`<span class="tag">${mark.evidence}</span>`;
  return html`<li class="${mark.kind}${mark.isBlamed ? ' blamed' : ''}"><time datetime="${instant}">${withDate ? `${dateText(instant).slice(5)} ` : ''}${clockText(instant)}</time><span class="kind">${words.marks[mark.kind]}</span><span>${who}${label}${mark.isEarlier ? html`<em>${words.earlier}</em> ` : NOTHING}${quote}${blamed}${evidence}</span></li>
`;
};

export const timelineSection = (view: ReportView, words: ReportWords): Markup => {
  if (view.timeline.length === 0) return NOTHING;
  const days = new Set(view.timeline.map(({ at }) => dateText(toRfc3339(at))));
  const keys = (['onset', 'change', 'alert'] as const).filter((kind) => view.timeline.some((mark) => mark.kind === kind));
  const legend = html`<p class="legend">${keys.map((kind) => html`<span><svg class="symbol" viewBox="-8 -8 16 16" aria-hidden="true"><g class="mark ${kind}">${shape(kind, 0, 0)}</g></svg>${words.marks[kind]}</span>`)}</p>`;
  return html`<section><h2>${words.timeline}</h2>${legend}${timelineChart(view, words)}<ol class="events">${view.timeline.map((mark) => listItem(mark, days.size > 1, words))}</ol></section>`;
};
