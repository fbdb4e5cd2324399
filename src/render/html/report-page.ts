/** The report of a capsule as one self-contained HTML file. */
import type { Evidence, Hypothesis, Report } from '../../domain/report.ts';
import type { RenderOptions } from '../digest-view.ts';
import { durationText } from '../time-text.ts';
import { type RenderWords, wordsFor } from '../words/words.ts';
import { document } from './document.ts';
import { html, type Markup, NOTHING } from './markup.ts';

const HYPOTHESES_SHOWN = 10;

const references = (label: string, ids: readonly string[]): Markup =>
  ids.length === 0 ? NOTHING : html`<div><dt>${label}</dt><dd>${ids.map((id) => html`<span class="tag">${id}</span> `)}</dd></div>`;

const card = (hypothesis: Hypothesis, words: RenderWords): Markup => {
  const { component, confidence } = hypothesis;
  const percent = Math.round(Math.min(1, Math.max(0, confidence)) * 100);
  const change = hypothesis.change_id === null ? NOTHING : html`<div><dt>${words.change}</dt><dd><span class="tag">${hypothesis.change_id}</span></dd></div>`;
  return html`<article class="card ${hypothesis.rank === 1 ? 'P1' : 'P4'}"><header><span class="badge">${hypothesis.rank}</span><h3>${component.name} · ${hypothesis.fault}</h3><span><span class="meter" role="img" aria-label="${words.confidence} ${percent} %"><i style="width:${percent}%"></i></span><span class="percent">${percent} %</span></span></header><p class="summary">${hypothesis.summary}</p><dl class="facts">${change}${references(words.evidence, hypothesis.evidence)}${references(words.against, hypothesis.contradictions)}</dl></article>`;
};

const evidenceRow = ({ id, kind, service, summary, query }: Evidence): Markup =>
  html`<tr><th scope="row" class="nowrap">${id}</th><td class="nowrap">${kind}</td><td class="who">${service ?? ''}</td><td class="wide">${summary}${query === null ? NOTHING : html`<br><code>${query}</code>`}</td></tr>
`;

const evidenceTable = (evidence: readonly Evidence[], words: RenderWords): Markup =>
  evidence.length === 0 ? NOTHING : html`<section><h2>${words.evidenceTitle}</h2><div class="scroll"><table><tbody>${evidence.map(evidenceRow)}</tbody></table></div></section>`;

const actions = ({ next_actions: items }: Report, words: RenderWords): Markup =>
  items.length === 0
    ? NOTHING
    : html`<section><h2>${words.next}</h2><ol>${items.map(({ summary, command, risk }) => html`<li>${summary} <span class="risk ${risk}">${words.risk[risk]}</span>${command === null ? NOTHING : html`<pre><code>${command}</code></pre>`}</li>`)}</ol></section>`;

const list = (title: string, items: readonly string[]): Markup =>
  items.length === 0 ? NOTHING : html`<section><h2>${title}</h2><ul class="gaps">${items.slice(0, 200).map((item) => html`<li>${item}</li>`)}</ul></section>`;

const queries = (report: Report, words: RenderWords): Markup =>
  report.queries.length === 0 ? NOTHING : html`<section><h2>${words.queries}</h2>${report.queries.map(({ language, query, why }) => html`<p><strong>${language}</strong> ${why}</p><pre><code>${query}</code></pre>`)}</section>`;

export const renderHtmlReport = (report: Report, { language }: RenderOptions): string => {
  const words = wordsFor(language);
  const cards = report.hypotheses.slice(0, HYPOTHESES_SHOWN).map((hypothesis) => card(hypothesis, words));
  const impact = report.impact.summary === '' ? NOTHING : html`<section><h2>${words.impact}</h2><p>${report.impact.summary}</p></section>`;
  return document(
    `${report.capsule_id} – ${words.verdicts[report.verdict]}`,
    html`<header><div class="brand">Faultline · ${report.capsule_id}</div><h1>${words.verdicts[report.verdict]}</h1><p class="summary">${report.summary}</p><p class="sub">${words.took(durationText(report.timings_ms.total))}</p></header>
${cards.length === 0 ? NOTHING : html`<section><h2>${words.why}</h2>${cards}</section>`}
${impact}${actions(report, words)}${evidenceTable(report.evidence, words)}${queries(report, words)}${list(words.gaps, report.gaps)}`,
    words,
  );
};
