/** Hypotheses with what supports them and what speaks against them. */
import type { Evidence, Hypothesis, Report } from '../../domain/report.ts';
import type { HypothesisTitle, ReportView } from '../../domain/report-view.ts';
import { clockText } from '../time-text.ts';
import type { ReportWords } from '../words/report-words.ts';
import type { RenderWords } from '../words/words.ts';
import { html, type Markup, NOTHING } from './markup.ts';

const OPEN = 3;
const HYPOTHESES_SHOWN = 10;
const CITED_OF_FIRST = 10;
const CITED_OF_OTHERS = 2;

export interface ReportContext {
  readonly report: Report;
  readonly view: ReportView | null;
  readonly words: RenderWords;
  readonly own: ReportWords;
  readonly evidence: ReadonlyMap<string, Evidence>;
}

export const percentOf = (confidence: number): number => Math.round(Math.min(1, Math.max(0, confidence)) * 100);

export const meter = (percent: number, words: RenderWords): Markup =>
  html`<span class="confidence"><span class="meter" role="img" aria-label="${words.confidence} ${percent} %"><i style="width:${percent}%"></i></span><span class="percent">${percent} %</span></span>`;

/** In the reader's language where the view knows it. */
export const titleOf = ({ rank, component, fault }: Hypothesis, view: ReportView | null): Pick<HypothesisTitle, 'component' | 'fault'> =>
  view?.titles.find((title) => title.rank === rank) ?? { component: component.name, fault };

/** Beyond the first `most` the ids alone: each evidence is told in full further below. */
const cites = (ids: readonly string[], mark: '+' | '−', most: number, { evidence }: ReportContext): Markup => {
  const sign = html`<span class="sign" aria-hidden="true">${mark}</span>`;
  const rest = ids.slice(most).map((id) => html`<span class="tag">${id}</span> `);
  return html`${ids.slice(0, most).map((id) => html`<li>${sign}<span class="tag">${id}</span> <span>${evidence.get(id)?.summary ?? ''}</span></li>`)}${rest.length === 0 ? NOTHING : html`<li>${sign}${rest}</li>`}`;
};

const supports = (hypothesis: Hypothesis, context: ReportContext): Markup => {
  const { own } = context;
  const against = hypothesis.contradictions.length === 0
    ? html`<p class="sub">${own.nothingAgainst}</p>`
    : html`<h4>${own.speaksAgainst}</h4><ul class="cites against">${cites(hypothesis.contradictions, '−', CITED_OF_OTHERS, context)}</ul>`;
  return html`${hypothesis.evidence.length === 0 ? NOTHING : html`<h4>${own.supports}</h4><ul class="cites">${cites(hypothesis.evidence, '+', hypothesis.rank === 1 ? CITED_OF_FIRST : CITED_OF_OTHERS, context)}</ul>`}${against}`;
};

const fact = (label: string, value: Markup): Markup => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;

const facts = (hypothesis: Hypothesis, { words, own }: ReportContext): Markup => {
  const { component, change_id: change, onset, indicator } = hypothesis;
  const places = [component.namespace, component.pod].filter((name) => name !== null);
  return html`<dl class="facts">${onset === null ? NOTHING : fact(own.marks.onset, html`<time datetime="${onset}">${clockText(onset)}</time>`)}${change === null ? NOTHING : fact(words.change, html`<span class="tag blamed">${change}</span>`)}${places.length === 0 ? NOTHING : fact(own.place, html`${places.map((name) => html`<span class="tag">${name}</span> `)}`)}${fact(own.indicator, html`<code>${indicator}</code>`)}</dl>`;
};

const card = (hypothesis: Hypothesis, context: ReportContext): Markup => {
  const { component, fault } = titleOf(hypothesis, context.view);
  return html`<article class="card ${hypothesis.rank === 1 ? 'P1' : 'P4'}"><header><span class="badge">${hypothesis.rank}</span><h3>${component} <span class="fault">· ${fault}</span></h3>${meter(percentOf(hypothesis.confidence), context.words)}</header><p>${hypothesis.summary}</p>${facts(hypothesis, context)}${supports(hypothesis, context)}</article>`;
};

/** Less likely ones in a line each, to open. */
const folded = (hypotheses: readonly Hypothesis[], context: ReportContext): Markup =>
  hypotheses.length === 0 ? NOTHING : html`<details><summary>${context.own.others(hypotheses.length)}</summary>${hypotheses.map((hypothesis) => card(hypothesis, context))}</details>`;

export const hypothesesSection = (context: ReportContext): Markup => {
  const shown = context.report.hypotheses.slice(0, HYPOTHESES_SHOWN);
  if (shown.length === 0) return NOTHING;
  return html`<section><h2>${context.words.why}</h2>${shown.slice(0, OPEN).map((hypothesis) => card(hypothesis, context))}${folded(shown.slice(OPEN), context)}<details class="note"><summary>${context.own.reliability}</summary><p>${context.own.reliabilityText}</p></details></section>`;
};
