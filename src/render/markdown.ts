/** The digest as Markdown for issues, chats and wikis. Text from logs can form no link, image, mention, HTML or heading. */
import type { DigestPattern, LogIncident } from '../domain/digest.ts';
import { countText } from '../shared/count-text.ts';
import { authorship } from './authorship.ts';
import type { DigestView, RenderOptions } from './digest-view.ts';
import { formatText } from './format-text.ts';
import { codeBlock, codeCell, codeSpan, defused, escapeMarkdown, rawCodeSpan } from './markdown-text.ts';
import { plainLine, plainLines } from './plain-text.ts';
import { durationText, intervalMs, intervalText, preciseClockText } from './time-text.ts';
import { type RenderWords, wordsFor } from './words/words.ts';

const ROWS_SHOWN = 20;
const GAPS_SHOWN = 50;
const INCIDENTS_SHOWN = 20;

const factLines = (incident: LogIncident, words: RenderWords): readonly string[] => {
  const duration = intervalMs(incident);
  const facts: readonly (readonly [string, string])[] = [
    [words.period, `${intervalText(incident)}${duration > 0 ? ` (${durationText(duration, words.units)})` : ''}`],
    [words.services, incident.services.map(codeSpan).join(', ')],
    [words.environment, incident.env === null ? '' : codeSpan(incident.env)],
    [words.region, incident.region === null ? '' : codeSpan(incident.region)],
    [words.hosts, incident.hosts.map(codeSpan).join(', ')],
    [words.errorCodes, incident.error_codes.map(codeSpan).join(', ')],
    [words.impact, escapeMarkdown(incident.impact)],
  ];
  return facts.filter(([, text]) => text !== '').map(([label, text]) => `- **${label}**: ${text}`);
};

/** A heading and its lines, nothing without lines. */
const part = (title: string, body: readonly string[]): readonly string[] => (body.length === 0 ? [] : [`**${title}**`, body.join('\n')]);

const incidentSection = (incident: LogIncident, words: RenderWords): string => {
  const chain = incident.chain.map((step, index) => `${index + 1}. \`${preciseClockText(step.at)}\` ×${countText(step.count)} ${escapeMarkdown(step.summary)}`);
  const why = incident.hypotheses.map(
    ({ summary, confidence, uncertain }) => `- ${escapeMarkdown(summary)} (${words.confidence} ${Math.round(confidence * 100)} %${uncertain ? `, ${words.uncertain}` : ''})`,
  );
  const next = incident.next_actions.map(({ summary, command, risk }) => `- [ ] ${escapeMarkdown(summary)} (${words.risk[risk]})${command === null ? '' : `: ${rawCodeSpan(plainLine(command))}`}`);
  const queries = incident.queries.map(({ language, query, why: reason }) => `- ${language} – ${escapeMarkdown(reason)}\n\n${codeBlock([plainLine(query)])}`);
  const samples = incident.sample_logs.flatMap((sample) => plainLines(sample, 20));
  return [
    `## ${incident.severity} · ${escapeMarkdown(incident.title)} (${incident.id})`,
    escapeMarkdown(incident.summary),
    factLines(incident, words).join('\n'),
    ...part(words.chain, chain),
    ...part(words.why, why),
    ...part(words.next, next),
    ...part(words.queries, queries),
    ...(samples.length === 0 ? [] : [`**${words.samples}**`, codeBlock(samples.map(defused), 'text')]),
  ].join('\n\n');
};

const patternTable = (title: string, patterns: readonly DigestPattern[], words: RenderWords): readonly string[] => {
  if (patterns.length === 0) return [];
  const { columns } = words;
  const rows = patterns
    .slice(0, ROWS_SHOWN)
    .map((pattern) => `| ${pattern.severity ?? ''} | ${countText(pattern.count)} | ${countText(pattern.baseline_count)} | ${codeCell(pattern.template)} | ${pattern.services.slice(0, 3).map(codeCell).join(', ')} |`);
  const rest = patterns.length - rows.length;
  return [
    `### ${title} (${countText(patterns.length)})`,
    [`| ${columns.level} | ${columns.count} | ${columns.before} | ${columns.pattern} | ${columns.service} |`, '|---|--:|--:|---|---|', ...rows].join('\n'),
    ...(rest > 0 ? [words.more(rest)] : []),
  ];
};

export const renderMarkdown = ({ digest, summary, closerLook }: DigestView, { language }: RenderOptions): string => {
  const words = wordsFor(language);
  const facts = [
    digest.period === null ? words.noTimes : intervalText(digest.period),
    words.lines(countText(digest.lines)), words.events(countText(digest.events)), words.errors(countText(digest.errors)), words.patternCount(countText(summary.patterns.length)),
  ];
  const { patterns } = digest;
  const streams = summary.streams.slice(0, ROWS_SHOWN).map((stream) => `- ${codeSpan(stream.name)} ${words.readAs} ${codeSpan(formatText(stream, words.unrecognised))}, ${words.lines(countText(stream.lines))}`);
  return `${[
    `# ${words.title}: ${digest.incidents.length === 0 ? words.noIncident : words.incidents(digest.incidents.length)}`,
    facts.join(' · '),
    ...(digest.baseline === null ? [] : [`${words.baseline}: ${intervalText(digest.baseline)}`]),
    escapeMarkdown(authorship(digest.llm, language)),
    ...digest.incidents.slice(0, INCIDENTS_SHOWN).map((incident) => incidentSection(incident, words)),
    ...(digest.incidents.length > INCIDENTS_SHOWN ? [words.more(digest.incidents.length - INCIDENTS_SHOWN)] : []),
    `## ${words.patterns}`,
    ...patternTable(words.groupNew, patterns.new, words),
    ...patternTable(words.groupGrowing, patterns.growing, words),
    ...patternTable(words.groupGone, patterns.gone, words),
    ...patternTable(digest.baseline === null ? words.groupAll : words.groupOngoing, patterns.ongoing, words),
    `## ${words.howRead}`,
    streams.join('\n'),
    ...(digest.gaps.length === 0 ? [] : [`## ${words.gaps}`, digest.gaps.slice(0, GAPS_SHOWN).map((gap) => `- ${escapeMarkdown(gap)}`).join('\n')]),
    ...(closerLook === null ? [] : [`## ${words.closer}`, codeBlock([plainLine(closerLook)], 'sh')]),
  ].filter((text) => text !== '').join('\n\n')}\n`;
};
