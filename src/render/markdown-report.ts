/** The report of a capsule as Markdown for issues, chats and wikis. */
import type { Evidence, Hypothesis, Report } from '../domain/report.ts';
import { authorship } from './authorship.ts';
import type { RenderOptions } from './digest-view.ts';
import { codeBlock, codeSpan, escapeMarkdown, rawCodeSpan } from './markdown-text.ts';
import { plainLine } from './plain-text.ts';
import { type RenderWords, wordsFor } from './words/words.ts';

const HYPOTHESES_SHOWN = 10;
const GAPS_SHOWN = 50;

const hypothesisSection = (hypothesis: Hypothesis, words: RenderWords): string => {
  const { component, fault, change_id: change, confidence, evidence, contradictions } = hypothesis;
  const facts = [
    `${component.kind} ${codeSpan(component.name)}`, fault, ...(change === null ? [] : [`${words.change} ${codeSpan(change)}`]), `${words.confidence} ${Math.round(confidence * 100)} %`,
    `${words.evidence} ${evidence.join(', ')}`, ...(contradictions.length === 0 ? [] : [`${words.against} ${contradictions.join(', ')}`]),
  ];
  return `${hypothesis.rank}. ${escapeMarkdown(hypothesis.summary)}  \n   ${facts.join(' · ')}`;
};

const evidenceItem = ({ id, kind, summary, query }: Evidence): string => `- **${id}** (${kind}) ${escapeMarkdown(summary)}${query === null ? '' : ` – ${rawCodeSpan(plainLine(query))}`}`;

const section = (title: string, body: readonly string[], separator = '\n'): readonly string[] => (body.length === 0 ? [] : [`## ${title}`, body.join(separator)]);

export const renderMarkdownReport = (report: Report, { language }: RenderOptions): string => {
  const words = wordsFor(language);
  const actions = report.next_actions.map(({ summary, command, risk }) => `- [ ] ${escapeMarkdown(summary)} (${words.risk[risk]})${command === null ? '' : `: ${rawCodeSpan(plainLine(command))}`}`);
  const queries = report.queries.map(({ language: name, query, why }) => `${name} – ${escapeMarkdown(why)}\n\n${codeBlock([plainLine(query)])}`);
  return `${[
    `# ${words.verdicts[report.verdict]}: ${escapeMarkdown(report.capsule_id)}`,
    escapeMarkdown(report.summary),
    ...(report.llm === null ? [] : [escapeMarkdown(authorship(report.llm, language))]),
    ...section(words.why, report.hypotheses.slice(0, HYPOTHESES_SHOWN).map((hypothesis) => hypothesisSection(hypothesis, words))),
    ...section(words.impact, report.impact.summary === '' ? [] : [escapeMarkdown(report.impact.summary)]),
    ...section(words.evidenceTitle, report.evidence.map(evidenceItem)),
    ...section(words.next, actions),
    ...section(words.queries, queries, '\n\n'),
    ...section(words.gaps, report.gaps.slice(0, GAPS_SHOWN).map((gap) => `- ${escapeMarkdown(gap)}`)),
  ].join('\n\n')}\n`;
};
