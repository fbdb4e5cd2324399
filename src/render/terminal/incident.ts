/** One incident on a terminal: badge, headline, the chain as a timeline, why, what to do. */
import type { ChainStep, LogIncident } from '../../domain/digest.ts';
import { countText } from '../../shared/count-text.ts';
import { displayWidth, padStart, wrap } from '../display-width.ts';
import type { TerminalOptions } from '../digest-view.ts';
import { plainLine } from '../plain-text.ts';
import { dateText, durationText, intervalMs, intervalText, preciseClockText } from '../time-text.ts';
import type { RenderWords } from '../words/words.ts';
import { joined, labelled } from './layout.ts';
import { type Paint, severityBadge } from './style.ts';

const CHAIN_SHOWN = 12;
const LABEL_WIDTH = 10;
const LIST_SHOWN = 6;

export interface IncidentStyle extends TerminalOptions {
  readonly paint: Paint;
  readonly words: RenderWords;
}

const list = (values: readonly string[]): string => {
  const shown = values.slice(0, LIST_SHOWN).map(plainLine).join(', ');
  return values.length > LIST_SHOWN ? `${shown} +${values.length - LIST_SHOWN}` : shown;
};

const headline = (incident: LogIncident, { width, color, paint }: IncidentStyle): readonly string[] => {
  const badge = severityBadge(incident.severity, color, paint);
  const badgeWidth = 5;
  const lines = wrap(plainLine(incident.title), width - badgeWidth - displayWidth(incident.id) - 2, 3);
  return lines.map((line, index) => {
    if (index > 0) return ' '.repeat(badgeWidth) + paint('bold', line);
    const gap = ' '.repeat(Math.max(1, width - badgeWidth - displayWidth(line) - displayWidth(incident.id)));
    return `${badge} ${paint('bold', line)}${gap}${paint('dim', incident.id)}`;
  });
};

const facts = (incident: LogIncident, { width, words }: IncidentStyle): readonly string[] => {
  const duration = intervalMs(incident);
  const parts = [`${intervalText(incident)}${duration > 0 ? ` (${durationText(duration, words.units)})` : ''}`];
  if (incident.services.length > 0) parts.push(`${words.services}: ${list(incident.services)}`);
  if (incident.env !== null) parts.push(`${words.environment}: ${plainLine(incident.env)}`);
  if (incident.region !== null) parts.push(`${words.region}: ${plainLine(incident.region)}`);
  if (incident.hosts.length > 0) parts.push(`${words.hosts}: ${list(incident.hosts)}`);
  if (incident.error_codes.length > 0) parts.push(`${words.errorCodes}: ${list(incident.error_codes)}`);
  return joined(parts, width - 5).map((line) => `     ${line}`);
};

/** `14:05:03.119    ×12  ● Communications link failure`, with the time between steps on the line that joins them. */
const chainLines = (steps: readonly ChainStep[], { width, paint, words }: IncidentStyle): readonly string[] => {
  const shown = steps.slice(0, CHAIN_SHOWN);
  const days = new Set(shown.map(({ at }) => dateText(at)));
  const clock = ({ at }: ChainStep): string => (days.size > 1 ? `${dateText(at).slice(5)} ${preciseClockText(at).slice(0, 8)}` : preciseClockText(at));
  const clockWidth = days.size > 1 ? 14 : 12;
  const countWidth = Math.max(2, ...shown.map(({ count }) => countText(count).length + 1));
  const indent = 5 + clockWidth + 1 + countWidth + 1;
  const lines: string[] = [];
  for (const [index, step] of shown.entries()) {
    const last = index === steps.length - 1;
    const mark = index === 0 ? '●' : last ? '■' : '▼';
    const text = wrap(plainLine(step.summary), Math.max(10, width - indent - 2), 2);
    const head = `     ${paint('dim', clock(step))} ${paint('cyan', padStart(`×${countText(step.count)}`, countWidth))} ${paint(index === 0 || last ? 'red' : 'yellow', mark)} `;
    lines.push(head + (text[0] ?? ''));
    const bar = last ? ' ' : paint('dim', '│');
    for (const more of text.slice(1)) lines.push(`${' '.repeat(indent)}${bar} ${more}`);
    const next = shown[index + 1];
    if (next === undefined) continue;
    const waitMs = Date.parse(next.at) - Date.parse(step.at);
    if (waitMs >= 1000) lines.push(`${' '.repeat(indent)}${bar} ${paint('dim', `+${durationText(waitMs, words.units)}`)}`);
  }
  if (steps.length > shown.length) lines.push(`${' '.repeat(indent)}${paint('dim', words.more(steps.length - shown.length))}`);
  return lines;
};

/** The longest of the labels decides the column. */
export const incidentLines = (incident: LogIncident, style: IncidentStyle): readonly string[] => {
  const { width, paint, words } = style;
  const inner = width - 5;
  const labelWidth = Math.max(LABEL_WIDTH, ...[words.impact, words.why, words.next, words.queries].map((word) => displayWidth(word) + 2));
  const layout = { width: inner, labelWidth, paint };
  const block: string[] = [];
  block.push(...labelled(words.impact, plainLine(incident.impact), { ...layout, maxLines: 4 }));
  for (const [index, hypothesis] of incident.hypotheses.slice(0, 3).entries()) {
    const doubt = hypothesis.uncertain ? `, ${words.uncertain}` : '';
    const text = `${plainLine(hypothesis.summary)} (${Math.round(hypothesis.confidence * 100)} %${doubt})`;
    block.push(...labelled(index === 0 ? words.why : '', text, { ...layout, maxLines: 4 }));
  }
  for (const [index, action] of incident.next_actions.slice(0, 4).entries()) {
    block.push(...labelled(index === 0 ? words.next : '', `${index + 1}. ${plainLine(action.summary)}`, { ...layout, maxLines: 4 }));
    // A command is for copying: it is not broken into lines.
    if (action.command !== null) block.push(`${' '.repeat(labelWidth + 3)}${paint('green', `$ ${plainLine(action.command)}`)}`);
  }
  const [query] = incident.queries;
  // So is a query, on a line of its own.
  if (query !== undefined) block.push(...labelled(words.queries, plainLine(query.language), { ...layout, style: 'dim', maxLines: 1 }), `${' '.repeat(labelWidth)}${paint('green', plainLine(query.query))}`);
  return [
    ...headline(incident, style),
    ...facts(incident, style),
    '',
    ...wrap(plainLine(incident.summary), inner, 6).map((line) => `     ${line}`),
    '',
    ...chainLines(incident.chain, style),
    '',
    ...block.map((line) => `     ${line}`),
  ];
};
