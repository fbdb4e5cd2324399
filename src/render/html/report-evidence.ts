/** Evidence to run again, and the log patterns that changed. */
import type { Evidence } from '../../domain/report.ts';
import type { PatternRow } from '../../domain/report-view.ts';
import { toRfc3339 } from '../../domain/time.ts';
import { countText } from '../../shared/count-text.ts';
import { plainLines } from '../plain-text.ts';
import { clockText } from '../time-text.ts';
import { figureText } from '../value-text.ts';
import type { ReportWords } from '../words/report-words.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import type { ReportContext } from './report-hypotheses.ts';
import { template } from './template-markup.ts';

const EVIDENCE_SHOWN = 80;
const SAMPLE_LINES = 12;
const SAMPLES_SHOWN = 3;

/** What a program wrote, set apart as a quote. */
const quote = (text: string): Markup => html`<blockquote><pre><code>${plainLines(text, SAMPLE_LINES).map((line) => html`${line}
`)}</code></pre></blockquote>`;

const samplesOf = ({ samples }: Evidence, { own, words }: ReportContext): Markup =>
  samples.length === 0 ? NOTHING : html`<details><summary>${words.samples}</summary><p class="sub">${own.quote}</p>${samples.slice(0, SAMPLES_SHOWN).map(quote)}</details>`;

const evidenceRow = (evidence: Evidence, file: string | undefined, context: ReportContext): Markup => {
  const { own } = context;
  const query = evidence.query === null ? NOTHING : html`<div class="query"><span>${own.runAgain}</span><code>${evidence.query}</code></div>`;
  const source = file === undefined ? NOTHING : html`<div class="query"><span>${own.file}</span><code>${file}</code></div>`;
  return html`<tr><th scope="row" class="nowrap">${evidence.id}</th><td class="nowrap">${own.evidenceKinds[evidence.kind]}</td><td class="who">${evidence.service ?? ''}</td><td class="wide"><p>${evidence.summary}</p>${query}${source}${samplesOf(evidence, context)}</td></tr>
`;
};

export const evidenceSection = (context: ReportContext): Markup => {
  const { report, view, words, own } = context;
  if (report.evidence.length === 0) return NOTHING;
  const files = new Map(view?.sources.map(({ evidence, file }) => [evidence, file]));
  const shown = report.evidence.slice(0, EVIDENCE_SHOWN);
  const rest = report.evidence.length - shown.length;
  const { id, kind, service, what } = own.evidenceColumns;
  return html`<section><h2>${words.evidenceTitle}</h2><div class="scroll"><table class="evidence"><thead><tr><th scope="col">${id}</th><th scope="col">${kind}</th><th scope="col">${service}</th><th scope="col">${what}</th></tr></thead><tbody>${shown.map((evidence) => evidenceRow(evidence, files.get(evidence.id), context))}</tbody></table></div>${rest > 0 ? html`<p class="sub">${words.more(rest)}</p>` : NOTHING}</section>`;
};

const trendOf = ({ observed, expected }: PatternRow, { trends }: ReportWords): Markup => {
  if (observed === null || expected === null) return NOTHING;
  if (expected === 0) return html`<span class="trend new">${trends.new}</span>`;
  if (observed === 0) return html`<span class="trend">${trends.gone}</span>`;
  const ratio = observed / expected;
  return html`<span class="trend">${observed >= expected ? `${trends.more} ×${figureText(Number(ratio.toPrecision(2)))}` : trends.less}</span>`;
};

const share = (value: number | null): string => (value === null ? '' : `${figureText(Number((value * 100).toPrecision(2)))} %`);

const patternRow = (row: PatternRow, own: ReportWords): Markup =>
  html`<tr><td class="nowrap">${trendOf(row, own)}</td><td class="template wide"><q class="plain">${template(row.pattern)}</q></td><td class="who">${row.service}</td><td class="n">${share(row.expected)}</td><td class="n">${share(row.observed)}</td><td class="nowrap">${row.onset === null ? '' : clockText(toRfc3339(row.onset))}</td><td>${row.evidence === null ? NOTHING : html`<span class="tag">${row.evidence}</span>`}</td></tr>
`;

export const patternsSection = ({ report, view, words, own }: ReportContext): Markup => {
  if (view === null || view.patterns.length === 0) return NOTHING;
  const { lines, patterns } = report.log_patterns;
  const { trend, before, now, since, evidence } = own.patternColumns;
  return html`<section><h2>${own.patterns}</h2><p class="sub">${own.patternCounts(countText(lines), countText(patterns))}</p><div class="scroll"><table class="report-patterns"><thead><tr><th scope="col">${trend}</th><th scope="col">${words.columns.pattern}</th><th scope="col">${words.columns.service}</th><th scope="col" class="n">${before}</th><th scope="col" class="n">${now}</th><th scope="col">${since}</th><th scope="col">${evidence}</th></tr></thead><tbody>${view.patterns.map((row) => patternRow(row, own))}</tbody></table></div>${view.patternsLeft > 0 ? html`<p class="sub">${words.more(view.patternsLeft)}</p>` : NOTHING}</section>`;
};
