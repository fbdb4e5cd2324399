/** The report of a capsule on a terminal: verdict, hypotheses with their evidence, what to do, what was missing. */
import type { Evidence, Hypothesis, Report, Verdict } from '../../domain/report.ts';
import type { TerminalOptions } from '../digest-view.ts';
import { displayWidth, padStart, truncate, wrap } from '../display-width.ts';
import { plainLine } from '../plain-text.ts';
import { durationText } from '../time-text.ts';
import { type RenderWords, wordsFor } from '../words/words.ts';
import { joined, labelled, rule } from './layout.ts';
import { createPaint, type Paint, type StyleName } from './style.ts';

interface Style extends TerminalOptions {
  readonly paint: Paint;
  readonly words: RenderWords;
  readonly known: ReadonlyMap<string, Evidence>;
}

const HYPOTHESES_SHOWN = 5;
const EVIDENCE_OF_FIRST = 6;
const EVIDENCE_OF_OTHERS = 2;
const GAPS_SHOWN = 10;
const METER = 20;

const VERDICT_STYLES: Readonly<Record<Verdict, StyleName>> = { root_cause: 'red', inconclusive: 'yellow', no_incident: 'green' };

const meter = (share: number): string => {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * METER);
  return '█'.repeat(filled) + '░'.repeat(METER - filled);
};

const evidenceLines = (ids: readonly string[], most: number, mark: string, { known, ...style }: Style): readonly string[] => {
  const found = ids.flatMap((id) => known.get(id) ?? []);
  const lines = found.slice(0, most).flatMap(({ id, summary }) => {
    const head = `     ${mark} ${padStart(id, 4)} `;
    return wrap(plainLine(summary), style.width - displayWidth(head), 3).map((line, index) => style.paint('dim', index === 0 ? head : ' '.repeat(displayWidth(head))) + line);
  });
  const rest = found.length - most;
  return rest > 0 ? [...lines, style.paint('dim', `            ${style.words.more(rest)}`)] : lines;
};

const hypothesisLines = (hypothesis: Hypothesis, style: Style): readonly string[] => {
  const { paint, width, words } = style;
  const most = hypothesis.rank === 1 ? EVIDENCE_OF_FIRST : EVIDENCE_OF_OTHERS;
  const percent = padStart(`${Math.round(hypothesis.confidence * 100)} %`, 5);
  const { name, kind, pod } = hypothesis.component;
  const facts = [`${kind} ${plainLine(name)}`, hypothesis.fault, ...(pod === null ? [] : [plainLine(pod)]), ...(hypothesis.change_id === null ? [] : [`${words.change} ${plainLine(hypothesis.change_id)}`])];
  return [
    '',
    `${paint('bold', padStart(`${hypothesis.rank}.`, 3))}  ${paint('cyan', meter(hypothesis.confidence))} ${paint('bold', percent)}`,
    ...joined(facts, width - 5).map((line) => `     ${paint('bold', line)}`),
    ...wrap(plainLine(hypothesis.summary), width - 5, 4).map((line) => `     ${line}`),
    ...evidenceLines(hypothesis.evidence, most, '+', style),
    ...evidenceLines(hypothesis.contradictions, most, '-', style),
  ];
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

export const renderReport = (report: Report, options: TerminalOptions): string => {
  const known = new Map(report.evidence.map((evidence) => [evidence.id, evidence]));
  const style: Style = { ...options, paint: createPaint(options.color), words: wordsFor(options.language), known };
  const { paint, words, width } = style;
  const shown = report.hypotheses.slice(0, HYPOTHESES_SHOWN);
  const rest = report.hypotheses.length - shown.length;
  const [query] = report.queries;
  return `${[
    `${paint('bold', 'FAULTLINE')}  ${paint('bold', paint(VERDICT_STYLES[report.verdict], words.verdicts[report.verdict]))}`,
    paint('dim', truncate(`${plainLine(report.capsule_id)} · ${words.took(durationText(report.timings_ms.total))}`, width)),
    '',
    ...wrap(plainLine(report.summary), width, 8),
    ...shown.flatMap((hypothesis) => hypothesisLines(hypothesis, style)),
    ...(rest > 0 ? [paint('dim', `     ${words.more(rest)}`)] : []),
    ...(report.impact.summary === '' ? [] : ['', ...labelled(words.impact, plainLine(report.impact.summary), { width, labelWidth: displayWidth(words.impact) + 2, paint, maxLines: 4 })]),
    ...actionLines(report, style),
    ...(query === undefined ? [] : ['', rule(words.queries, width, paint), `  ${query.language}: ${plainLine(query.query)}`]),
    ...gapLines(report, style),
  ].join('\n')}\n`;
};
