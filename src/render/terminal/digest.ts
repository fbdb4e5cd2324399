/** The digest on a terminal: incidents first, then what changed, then how it was read and what was not. */
import type { Digest, DigestPattern } from '../../domain/digest.ts';
import type { LogPattern, LogSummary } from '../../domain/log-summary.ts';
import type { TimeWindow } from '../../domain/time.ts';
import { countText } from '../../shared/count-text.ts';
import { displayWidth, truncate, wrap } from '../display-width.ts';
import type { DigestView, TerminalOptions } from '../digest-view.ts';
import { formatText } from '../format-text.ts';
import { plainLine } from '../plain-text.ts';
import { chartWindow, resample, sparkline } from '../resample.ts';
import { countsByClass, mixedErrors } from '../series-by-class.ts';
import { durationText, intervalText } from '../time-text.ts';
import { wordsFor } from '../words/words.ts';
import { type IncidentStyle, incidentLines } from './incident.ts';
import { authorshipLines, joined, rule } from './layout.ts';
import { patternRow } from './pattern-rows.ts';
import { createPaint } from './style.ts';

const INCIDENTS_SHOWN = 5;
const ROWS_SHOWN = { new: 8, growing: 6, gone: 4, ongoing: 6 } as const;
const ROWS_WITHOUT_BASELINE = 15;
const STREAMS_SHOWN = 8;
const GAPS_SHOWN = 10;

const header = ({ digest, summary }: DigestView, style: IncidentStyle): readonly string[] => {
  const { width, paint, words } = style;
  const count = digest.incidents.length;
  const verdict = count === 0 ? paint('green', words.noIncident) : paint('red', words.incidents(count));
  const facts = [
    digest.period === null ? words.noTimes : intervalText(digest.period),
    words.lines(countText(digest.lines)),
    words.events(countText(digest.events)),
    words.errors(countText(digest.errors)),
    words.patternCount(countText(summary.patterns.length)),
    words.took(durationText(digest.timings_ms.total, words.units)),
  ];
  const lines = [`${paint('bold', 'FAULTLINE')}  ${paint('bold', verdict)}`, ...joined(facts, width).map((line) => paint('dim', line))];
  if (digest.baseline !== null) lines.push(paint('dim', truncate(`${words.baseline}: ${intervalText(digest.baseline)}`, width)));
  return [...lines, ...authorshipLines(digest.llm, style)];
};

/** Errors and all events over the whole period, as two bars of the full width. */
const overview = ({ summary }: DigestView, style: IncidentStyle): readonly string[] => {
  const period = chartWindow(summary);
  if (period === null || summary.events < 3 || period.end - period.start < 2000) return [];
  const { width, paint, words } = style;
  const labelWidth = Math.max(displayWidth(words.columns.events), displayWidth(words.volumeLegend.error)) + 2;
  const slots = Math.min(100, width - labelWidth);
  const errors = countsByClass(summary, period, slots).error;
  const row = (label: string, bars: string): string => paint('dim', label + ' '.repeat(labelWidth - displayWidth(label))) + bars;
  return [
    '',
    row(words.columns.events, paint('cyan', sparkline(resample(summary.series, period, slots)))),
    row(words.volumeLegend.error, paint('red', sparkline(errors))),
  ];
};

interface Rows {
  readonly known: ReadonlyMap<string, LogPattern>;
  readonly period: TimeWindow | null;
  /** There was a baseline: new, growing and ongoing mean something. */
  readonly compared: boolean;
}

const SPARK_SLOTS = 12;

const rowNote = (pattern: DigestPattern, kind: keyof typeof ROWS_SHOWN, known: LogPattern | undefined, { words }: IncidentStyle): string => {
  const mixed = known === undefined ? null : mixedErrors(known);
  const services = pattern.services.slice(0, 2).map(plainLine).join(', ');
  const before = kind === 'growing' || kind === 'gone' ? words.was(countText(pattern.baseline_count)) : '';
  return [mixed === null ? '' : words.errors(countText(mixed)), before, services].filter((part) => part !== '').join(' · ');
};

const patternGroup = (kind: keyof typeof ROWS_SHOWN, patterns: readonly DigestPattern[], rows: Rows, style: IncidentStyle): readonly string[] => {
  if (patterns.length === 0) return [];
  const { width, paint, words } = style;
  const titles = { new: words.groupNew, growing: words.groupGrowing, gone: words.groupGone, ongoing: words.groupOngoing };
  const shown = patterns.slice(0, rows.compared ? ROWS_SHOWN[kind] : ROWS_WITHOUT_BASELINE);
  const lines = shown.map((pattern) => {
    const known = rows.known.get(pattern.id);
    const bars = known === undefined || rows.period === null ? '' : sparkline(resample(known.series, rows.period, SPARK_SLOTS));
    return `  ${patternRow({ level: pattern.severity, count: kind === 'gone' ? pattern.baseline_count : pattern.count, sparkline: bars, template: pattern.template, note: rowNote(pattern, kind, known, style) }, width - 2, paint)}`;
  });
  const rest = patterns.length - shown.length;
  const title = rows.compared ? titles[kind] : words.groupAll;
  const note = rows.compared ? ` – ${words.groupNote[kind]}` : '';
  return [`${paint('bold', title)} ${paint('dim', countText(patterns.length) + note)}`, ...lines, ...(rest > 0 ? wrap(words.morePatterns(rest), width - 2).map((line) => paint('dim', `  ${line}`)) : [])];
};

/** The pattern groups; where nothing is compared with a baseline, all of them are simply ongoing. */
const patternSection = ({ digest, summary }: DigestView, style: IncidentStyle): readonly string[] => {
  const { patterns } = digest;
  const kinds = ['new', 'growing', 'gone', 'ongoing'] as const;
  if (kinds.every((kind) => patterns[kind].length === 0)) return [];
  const rows: Rows = { known: new Map(summary.patterns.map((pattern) => [pattern.id, pattern])), period: chartWindow(summary), compared: digest.baseline !== null };
  const groups = kinds.map((kind) => patternGroup(kind, patterns[kind], rows, style)).filter((lines) => lines.length > 0);
  return ['', rule(style.words.patterns, style.width, style.paint), ...groups.flatMap((lines, index) => [index === 0 ? [] : [''], lines].flat())];
};

const streamSection = ({ streams }: LogSummary, style: IncidentStyle): readonly string[] => {
  if (streams.length === 0) return [];
  const { width, paint, words } = style;
  const lines = streams.slice(0, STREAMS_SHOWN).map((stream) => {
    const tail = truncate(` ${words.readAs} ${formatText(stream, stream.events === 0 ? '–' : words.unrecognised)} · ${words.lines(countText(stream.lines))}`, width - 12);
    const name = plainLine(stream.name);
    const room = width - 2 - displayWidth(tail);
    // A path says most at its end.
    const shown = displayWidth(name) <= room ? name : `…${name.slice(-Math.max(8, room - 1))}`;
    return `  ${truncate(shown, Math.max(9, room))}${paint('dim', tail)}`;
  });
  const rest = streams.length - lines.length;
  return ['', rule(words.howRead, width, paint), ...lines, ...(rest > 0 ? [paint('dim', `  ${words.more(rest)}`)] : [])];
};

const gapSection = ({ gaps }: Digest, style: IncidentStyle): readonly string[] => {
  if (gaps.length === 0) return [];
  const { width, paint, words } = style;
  const lines = gaps.slice(0, GAPS_SHOWN).flatMap((gap) => wrap(plainLine(gap), width - 4, 4).map((line, index) => `  ${paint('yellow', index === 0 ? '!' : ' ')} ${line}`));
  const rest = gaps.length - GAPS_SHOWN;
  return ['', rule(words.gaps, width, paint), ...lines, ...(rest > 0 ? [paint('dim', `  ${words.more(rest)}`)] : [])];
};

const closing = ({ closerLook }: DigestView, { paint, words }: IncidentStyle): readonly string[] =>
  closerLook === null ? [] : ['', paint('bold', words.closer), `  ${paint('green', `$ ${plainLine(closerLook)}`)}`];

const incidentSection = ({ digest }: DigestView, style: IncidentStyle): readonly string[] => {
  const { width, paint, words } = style;
  if (digest.events === 0) return ['', paint('yellow', words.nothing)];
  if (digest.incidents.length === 0) return ['', ...wrap(words.noIncidentDetail, width)];
  const lines = digest.incidents.slice(0, INCIDENTS_SHOWN).flatMap((incident) => ['', paint('dim', '─'.repeat(width))].concat(incidentLines(incident, style)));
  const rest = digest.incidents.length - INCIDENTS_SHOWN;
  return rest > 0 ? [...lines, '', paint('dim', words.more(rest))] : lines;
};

export const renderTerminal = (view: DigestView, options: TerminalOptions): string => {
  const style: IncidentStyle = { ...options, paint: createPaint(options.color), words: wordsFor(options.language) };
  return `${[
    ...header(view, style),
    ...overview(view, style),
    ...incidentSection(view, style),
    ...patternSection(view, style),
    ...streamSection(view.summary, style),
    ...gapSection(view.digest, style),
    ...closing(view, style),
  ].join('\n')}\n`;
};
