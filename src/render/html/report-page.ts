/** The report of a capsule as one self-contained HTML file, in the order in which somebody who was just woken reads. */
import type { Language } from '../../domain/language.ts';
import type { Report } from '../../domain/report.ts';
import type { ReportView, SeriesChart } from '../../domain/report-view.ts';
import { toRfc3339 } from '../../domain/time.ts';
import { authorship } from '../authorship.ts';
import type { RenderOptions } from '../digest-view.ts';
import { clockText, durationText, intervalText } from '../time-text.ts';
import { valueText } from '../value-text.ts';
import { reportWordsFor, type ReportWords } from '../words/report-words.ts';
import { type RenderWords, wordsFor } from '../words/words.ts';
import { document } from './document.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { evidenceSection, patternsSection } from './report-evidence.ts';
import { hypothesesSection, meter, percentOf, type ReportContext, titleOf } from './report-hypotheses.ts';
import { REPORT_STYLE } from './report-style.ts';
import { timelineSection } from './report-timeline.ts';
import { seriesChart } from './series-chart.ts';
import { serviceMapSection } from './service-map.ts';

const GAPS_SHOWN = 200;

const answer = ({ report, view, words }: ReportContext): Markup => {
  const [first] = report.hypotheses;
  if (first === undefined || report.verdict === 'no_incident') return NOTHING;
  const { component, fault } = titleOf(first, view);
  return html`<p class="answer"><strong>${component}</strong> <span class="fault">· ${fault}</span> ${meter(percentOf(first.confidence), words)}</p>`;
};

const header = (context: ReportContext, language: Language): Markup => {
  const { report, view, words, own } = context;
  const when = view === null ? NOTHING : html`<div><dt>${own.window}</dt><dd>${intervalText({ start: toRfc3339(view.window.start), end: toRfc3339(view.window.end) })}</dd></div><div><dt>${own.detected}</dt><dd>${clockText(toRfc3339(view.detectedAt))} UTC</dd></div>`;
  const change = report.hypotheses[0]?.change_id ?? null;
  const blamed = change === null || report.verdict !== 'root_cause' ? NOTHING : html`<div><dt>${words.change}</dt><dd><span class="tag blamed">${change}</span></dd></div>`;
  const services = report.impact.services.length === 0 ? NOTHING : html`<div><dt>${words.impact}</dt><dd>${report.impact.services.slice(0, 12).map((name) => html`<span class="tag">${name}</span> `)}${report.impact.services.length > 12 ? words.more(report.impact.services.length - 12) : ''}</dd></div>`;
  const author = authorship(report.llm, language);
  return html`<header><div class="brand">Faultline · ${report.capsule_id}</div><h1 class="${report.verdict}">${words.verdicts[report.verdict]}</h1><div class="headline ${report.verdict}">${answer(context)}<p class="summary">${report.summary}</p><dl class="facts">${when}${blamed}${services}</dl></div><p class="sub">${words.took(durationText(report.timings_ms.total, words.units))}${author === '' ? '' : ` · ${author}`}</p></header>`;
};

const figure = (chart: SeriesChart, own: ReportWords): Markup => {
  const { metric, component, detail, selector, band, observed, unit, isRate, evidence, role } = chart;
  const value = (one: number): string => valueText(one, unit, isRate);
  const change = band === null || observed === null ? NOTHING : html`${own.normal} <b>${value(band.median)}</b> → ${own.now} <b>${value(observed)}</b>`;
  return html`<figure class="${role}"><figcaption><strong>${metric}</strong><span class="sub">${component ?? own.everywhere}${detail === null ? '' : ` · ${detail}`} · ${own.chartRole[role]}${evidence === null ? NOTHING : html` <span class="tag">${evidence}</span>`}</span><span>${change}</span></figcaption>${seriesChart(chart, own)}<p class="query"><span>${own.runAgain}</span><code>${selector}</code></p></figure>`;
};

const chartsSection = ({ view, own }: ReportContext): Markup => {
  if (view === null || view.charts.length === 0) return NOTHING;
  const keys: readonly (readonly [string, string])[] = [['line', own.legendLine], ['usual', own.legendBand], ['calm', own.legendBaseline], ['onset', own.legendOnset]];
  return html`<section><h2>${own.charts}</h2><p class="legend">${keys.map(([key, label]) => html`<span><i class="key ${key}"></i>${label}</span>`)}</p><div class="charts">${view.charts.map((chart) => figure(chart, own))}</div></section>`;
};

const actions = ({ next_actions: items }: Report, words: RenderWords): Markup =>
  items.length === 0
    ? NOTHING
    : html`<section><h2>${words.next}</h2><ol>${items.map(({ summary, command, risk }) => html`<li>${summary} <span class="risk ${risk}">${words.risk[risk]}</span>${command === null ? NOTHING : html`<pre><code>${command}</code></pre>`}</li>`)}</ol></section>`;

const queriesSection = ({ queries }: Report, words: RenderWords): Markup =>
  queries.length === 0
    ? NOTHING
    : html`<section><h2>${words.queries}</h2><dl class="queries">${queries.map(({ language, query, why }) => html`<div><dt><strong>${language}</strong> ${why}</dt><dd><code>${query}</code></dd></div>`)}</dl></section>`;

const gapsSection = ({ gaps }: Report, own: ReportWords, words: RenderWords): Markup => {
  if (gaps.length === 0) return html`<section><h2>${own.gaps}</h2><p>${own.noGaps}</p></section>`;
  const rest = gaps.length - GAPS_SHOWN;
  return html`<section><h2>${own.gaps}</h2><ul class="gaps">${gaps.slice(0, GAPS_SHOWN).map((gap) => html`<li>${gap}</li>`)}${rest > 0 ? html`<li>${words.more(rest)}</li>` : NOTHING}</ul></section>`;
};

/** Without a view (a report read back from JSON) there are words but no drawings. */
export const renderHtmlReport = (report: Report, { language }: RenderOptions, view: ReportView | null = null): string => {
  const words = wordsFor(language);
  const own = reportWordsFor(language);
  const context: ReportContext = { report, view, words, own, evidence: new Map(report.evidence.map((evidence) => [evidence.id, evidence])) };
  const impact = report.impact.summary === '' ? NOTHING : html`<section><h2>${words.impact}</h2><p>${report.impact.summary}</p></section>`;
  return document(
    `${report.capsule_id} – ${words.verdicts[report.verdict]}`,
    html`${header(context, language)}
${actions(report, words)}
${view === null ? NOTHING : timelineSection(view, own)}
${chartsSection(context)}
${view === null ? NOTHING : serviceMapSection(view.map, own)}
${hypothesesSection(context)}
${impact}
${patternsSection(context)}
${evidenceSection(context)}
${queriesSection(report, words)}
${gapsSection(report, own, words)}`,
    words,
    REPORT_STYLE,
  );
};
