/** The report of a capsule on a terminal: verdict, hypotheses with their evidence, what to do, what was missing. */
import type { Evidence, Hypothesis, Report, Verdict } from '../../domain/report.ts';
import type { ReportView, SeriesChart, TimelineMark } from '../../domain/report-view.ts';
import { toRfc3339 } from '../../domain/time.ts';
import type { TerminalOptions } from '../digest-view.ts';
import { displayWidth, padEnd, padStart, truncate, wrap } from '../display-width.ts';
import { plainLine } from '../plain-text.ts';
import { clockText, durationText } from '../time-text.ts';
import { valueText } from '../value-text.ts';
import { reportWordsFor, type ReportWords } from '../words/report-words.ts';
import { type RenderWords, wordsFor } from '../words/words.ts';
import { authorshipLines, joined, labelled, rule } from './layout.ts';
import { createPaint, type Paint, type StyleName } from './style.ts';

interface Style extends TerminalOptions {
  readonly paint: Paint;
  readonly words: RenderWords;
  readonly own: ReportWords;
  readonly view: ReportView | null;
  readonly known: ReadonlyMap<string, Evidence>;
}

const HYPOTHESES_SHOWN = 5;
const EVIDENCE_OF_FIRST = 6;
/** From here on a hypothesis is a line. */
const BRIEF_FROM = 3;
/** The answer and its impact are what is read first: cut only where they run away. */
const SUMMARY_LINES = 14;
const GAPS_SHOWN = 10;
const METER = 12;
const SPARK_SLOTS = 20;
/** A metric's name needs so many columns. */
const MIN_NAME = 16;
const MARKS_SHOWN = 10;
const BARS = '▁▂▃▄▅▆▇█';

const VERDICT_STYLES: Readonly<Record<Verdict, StyleName>> = { root_cause: 'red', inconclusive: 'yellow', no_incident: 'green' };

const meter = (share: number): string => {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * METER);
  return '█'.repeat(filled) + '░'.repeat(METER - filled);
};

/** Mean of each slot between the lowest and the highest; a slot without samples is a dot. */
const trendLine = ({ runs, shown, band }: SeriesChart, slots: number): string => {
  const sums = Array.from({ length: slots }, () => ({ sum: 0, count: 0 }));
  // What is normal belongs to the picture of a series that began with the trouble.
  let low = band?.median ?? Number.POSITIVE_INFINITY;
  let high = band?.median ?? Number.NEGATIVE_INFINITY;
  for (const { at, value } of runs.flat()) {
    const slot = sums[Math.min(slots - 1, Math.max(0, Math.floor(((at - shown.start) / Math.max(1, shown.end - shown.start)) * slots)))];
    if (slot === undefined) continue;
    slot.sum += value;
    slot.count++;
  }
  const means = sums.map(({ sum, count }) => (count === 0 ? null : sum / count));
  for (const mean of means) if (mean !== null) [low, high] = [Math.min(low, mean), Math.max(high, mean)];
  return means.map((mean) => (mean === null ? '·' : (BARS[high > low ? Math.min(7, Math.floor(((mean - low) / (high - low)) * 7.999)) : 0] ?? '▁'))).join('');
};

/** A series says in a line what its sentence says in three. */
const chartLine = (chart: SeriesChart, room: number, { paint }: Style): string => {
  const value = (one: number): string => valueText(one, chart.unit, chart.isRate);
  const change = chart.band === null || chart.observed === null ? '' : `${value(chart.band.median)} → ${value(chart.observed)}`;
  const since = chart.onset === null ? '' : ` ${clockText(toRfc3339(chart.onset))}`;
  const tail = ` ${change}${since}`;
  const space = Math.min(SPARK_SLOTS, Math.max(0, room - displayWidth(tail) - MIN_NAME));
  // No more slots than samples: between two of them nothing is missing.
  const slots = Math.min(space, chart.runs.flat().length);
  const bars = space < 8 || slots < 3 ? '' : ` ${trendLine(chart, slots)}`;
  const name = truncate(plainLine(chart.metric), Math.max(8, room - displayWidth(tail) - displayWidth(bars)));
  return `${padEnd(name, Math.max(0, room - displayWidth(tail) - displayWidth(bars)))}${paint('cyan', bars)}${truncate(tail, Math.max(1, room - displayWidth(name) - displayWidth(bars)))}`;
};

const evidenceLines = (ids: readonly string[], most: number, mark: '+' | '-', style: Style): readonly string[] => {
  const { known, view, width, paint, words } = style;
  const found = ids.flatMap((id) => known.get(id) ?? []);
  const lines = found.slice(0, most).flatMap(({ id, summary }) => {
    const head = `     ${mark} ${padStart(id, 4)} `;
    const room = width - displayWidth(head);
    const painted = `     ${paint(mark === '+' ? 'green' : 'red', mark)} ${paint('dim', padStart(id, 4))} `;
    const chart = view?.charts.find(({ evidence }) => evidence === id);
    if (chart !== undefined && room >= 40) return [painted + chartLine(chart, room, style)];
    return wrap(plainLine(summary), room, 2).map((line, index) => (index === 0 ? painted : ' '.repeat(displayWidth(head))) + line);
  });
  const rest = found.length - most;
  return rest > 0 ? [...lines, paint('dim', `            ${words.more(rest)}`)] : lines;
};

/** `payment-service · exhausted capacity`. */
const nameOf = ({ rank, component, fault, change_id: change }: Hypothesis, { view, words }: Style): readonly string[] => {
  const title = view?.titles.find((one) => one.rank === rank) ?? { component: component.name, fault };
  return [plainLine(title.component), plainLine(title.fault), ...(component.pod === null ? [] : [plainLine(component.pod)]), ...(change === null ? [] : [`${words.change} ${plainLine(change)}`])];
};

const hypothesisLines = (hypothesis: Hypothesis, style: Style): readonly string[] => {
  const { paint, width, words } = style;
  const isFirst = hypothesis.rank === 1;
  const percent = padStart(`${Math.round(hypothesis.confidence * 100)} %`, 5);
  const head = `${padStart(`${hypothesis.rank}.`, 3)}  ${meter(hypothesis.confidence)} ${percent}  `;
  const painted = `${paint('bold', padStart(`${hypothesis.rank}.`, 3))}  ${paint(isFirst ? 'cyan' : 'dim', meter(hypothesis.confidence))} ${paint('bold', percent)}  `;
  const names = nameOf(hypothesis, style);
  const beside = width - displayWidth(head);
  const [first = '', ...more] = beside >= 30 ? joined(names, beside) : [''];
  const below = (beside >= 30 ? more : joined(names, width - 5)).map((line) => ' '.repeat(beside >= 30 ? displayWidth(head) : 5) + (hypothesis.rank >= BRIEF_FROM ? line : paint('bold', line)));
  if (hypothesis.rank >= BRIEF_FROM) {
    const against = hypothesis.contradictions.length === 0 ? '' : ` · ${words.against} ${hypothesis.contradictions.join(', ')}`;
    return [painted + first, ...below, ...wrap(`${words.evidence} ${hypothesis.evidence.join(', ')}${against}`, width - 5, 2).map((line) => `     ${paint('dim', line)}`)];
  }
  return [painted + paint('bold', first), ...below, ...evidenceLines(hypothesis.evidence, isFirst ? EVIDENCE_OF_FIRST : 2, '+', style), ...evidenceLines(hypothesis.contradictions, 2, '-', style), ''];
};

/** Evidence is numbered by weight. */
const rankOf = ({ evidence }: TimelineMark): number => (evidence === null ? Number.MAX_SAFE_INTEGER : Number(evidence.slice(1)));

/** Of each component the onset that says most. */
const tellingOnsets = (marks: readonly TimelineMark[]): ReadonlySet<TimelineMark> => {
  const best = new Map<string | null, TimelineMark>();
  for (const mark of marks) {
    const known = best.get(mark.component);
    if (mark.kind === 'onset' && (known === undefined || rankOf(mark) < rankOf(known))) best.set(mark.component, mark);
  }
  return new Set(best.values());
};

/** Onsets, changes, alerts and detection: the nearest to detection where they are many. */
const timelineLines = (style: Style): readonly string[] => {
  const { view, width, paint, words, own } = style;
  if (view === null || view.timeline.length < 2) return [];
  const telling = tellingOnsets(view.timeline);
  const marks = view.timeline.filter((mark) => mark.kind !== 'onset' || telling.has(mark));
  const weight = ({ kind, isBlamed, at }: TimelineMark): number => (isBlamed || kind === 'detected' ? -1 : Math.abs(at - view.detectedAt));
  const shown = new Set([...marks].sort((a, b) => weight(a) - weight(b)).slice(0, MARKS_SHOWN));
  const kindWidth = Math.max(...Object.values(own.marks).map(displayWidth));
  const lines = marks.filter((mark) => shown.has(mark)).map((mark) => {
    const parts = [mark.component === null ? '' : plainLine(mark.component), plainLine(mark.label), mark.quote === null ? '' : `“${plainLine(mark.quote)}”`].filter((part) => part !== '');
    const head = `  ${clockText(toRfc3339(mark.at))}  ${padEnd(own.marks[mark.kind], kindWidth)}  `;
    const color = mark.isBlamed ? 'red' : mark.kind === 'change' ? 'magenta' : mark.kind === 'alert' ? 'blue' : mark.kind === 'onset' ? 'yellow' : 'bold';
    return `${paint('dim', head.slice(0, 12))}${paint(color, head.slice(12))}${truncate(parts.join(' · '), width - displayWidth(head))}`;
  });
  const rest = marks.length - lines.length;
  return ['', rule(own.timeline, width, paint), ...lines, ...(rest > 0 ? [paint('dim', `  ${words.more(rest)}`)] : [])];
};

const actionLines = (report: Report, style: Style): readonly string[] => {
  if (report.next_actions.length === 0) return [];
  const lines: string[] = [];
  for (const [index, { summary, command }] of report.next_actions.slice(0, 5).entries()) {
    const [first = '', ...more] = wrap(plainLine(summary), style.width - 5, 3);
    lines.push(`  ${index + 1}. ${first}`, ...more.map((line) => `     ${line}`));
    if (command !== null) lines.push(`     ${style.paint('green', `$ ${plainLine(command)}`)}`);
  }
  return ['', rule(style.words.next, style.width, style.paint), ...lines];
};

const gapLines = ({ gaps }: Report, { width, paint, words }: Style): readonly string[] => {
  if (gaps.length === 0) return [];
  const lines = gaps.slice(0, GAPS_SHOWN).flatMap((gap) => wrap(plainLine(gap), width - 4, 4).map((line, index) => `  ${paint('yellow', index === 0 ? '!' : ' ')} ${line}`));
  const rest = gaps.length - GAPS_SHOWN;
  return ['', rule(words.gaps, width, paint), ...lines, ...(rest > 0 ? [paint('dim', `  ${words.more(rest)}`)] : [])];
};

/** Without a view there are words but no series. */
export const renderReport = (report: Report, options: TerminalOptions, view: ReportView | null = null): string => {
  const known = new Map(report.evidence.map((evidence) => [evidence.id, evidence]));
  const style: Style = { ...options, paint: createPaint(options.color), words: wordsFor(options.language), own: reportWordsFor(options.language), view, known };
  const { paint, words, width } = style;
  const shown = report.hypotheses.slice(0, HYPOTHESES_SHOWN);
  const rest = report.hypotheses.length - shown.length;
  const [query] = report.queries;
  return `${[
    `${paint('bold', 'FAULTLINE')}  ${paint('bold', paint(VERDICT_STYLES[report.verdict], words.verdicts[report.verdict]))}`,
    paint('dim', truncate(`${plainLine(report.capsule_id)} · ${words.took(durationText(report.timings_ms.total, words.units))}`, width)),
    ...authorshipLines(report.llm, style),
    '',
    ...wrap(plainLine(report.summary), width, SUMMARY_LINES),
    ...timelineLines(style),
    ...(shown.length === 0 ? [] : ['', rule(words.why, width, paint)]),
    ...shown.flatMap((hypothesis) => hypothesisLines(hypothesis, style)),
    ...(rest > 0 ? [paint('dim', `     ${words.more(rest)}`)] : []),
    ...(report.impact.summary === '' ? [] : ['', ...labelled(words.impact, plainLine(report.impact.summary), { width, labelWidth: displayWidth(words.impact) + 2, paint, maxLines: SUMMARY_LINES })]),
    ...actionLines(report, style),
    ...(query === undefined ? [] : ['', rule(words.queries, width, paint), `  ${paint('dim', query.language)}`, `  ${paint('green', plainLine(query.query))}`]),
    ...gapLines(report, style),
  ].join('\n')}\n`;
};
