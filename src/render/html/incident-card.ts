/** One incident: what, when, where, the chain as a timeline, why, what to do, where to look. */
import type { ChainStep, LogIncident } from '../../domain/digest.ts';
import type { TimeSeries } from '../../domain/log-summary.ts';
import type { TimeWindow } from '../../domain/time.ts';
import { countText } from '../../shared/count-text.ts';
import { plainLines } from '../plain-text.ts';
import { durationText, intervalMs, intervalText, preciseClockText } from '../time-text.ts';
import type { RenderWords } from '../words/words.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { sparklineSvg } from './sparkline-svg.ts';

const CHAIN_SHOWN = 30;

export interface CardContext {
  readonly words: RenderWords;
  readonly series: ReadonlyMap<string, TimeSeries>;
}

const fact = (label: string, values: readonly string[]): Markup =>
  values.length === 0 ? NOTHING : html`<div><dt>${label}</dt><dd>${values.slice(0, 12).map((value) => html`<span class="tag">${value}</span> `)}</dd></div>`;

const one = (value: string | null): readonly string[] => (value === null ? [] : [value]);

const facts = (incident: LogIncident, words: RenderWords): Markup => {
  const duration = intervalMs(incident);
  const when = `${intervalText(incident)}${duration > 0 ? ` (${durationText(duration, words.units)})` : ''}`;
  return html`<dl class="facts"><div><dt>${words.period}</dt><dd>${when}</dd></div>${fact(words.services, incident.services)}${fact(words.environment, one(incident.env))}${fact(words.region, one(incident.region))}${fact(words.hosts, incident.hosts)}${fact(words.errorCodes, incident.error_codes)}</dl>`;
};

/** Bars of the step's pattern within the incident: where two steps overlap can be seen. */
const step = ({ at, count, pattern, summary }: ChainStep, window: TimeWindow, context: CardContext): Markup =>
  html`<li><time datetime="${at}">${preciseClockText(at)}</time><span class="times">×${countText(count)}</span><span class="what">${summary}</span>${sparklineSvg(context.series.get(pattern), window, 'error')}</li>`;

const section = (title: string, body: Markup): Markup => html`<h4>${title}</h4>${body}`;

const hypotheses = (incident: LogIncident, words: RenderWords): Markup => {
  if (incident.hypotheses.length === 0) return NOTHING;
  const items = incident.hypotheses.map(({ summary, confidence, uncertain }) => {
    const percent = Math.round(Math.min(1, Math.max(0, confidence)) * 100);
    return html`<li><span class="meter" role="img" aria-label="${words.confidence} ${percent} %"><i style="width:${percent}%"></i></span><span class="percent">${percent} %</span> ${summary}${uncertain ? html` <em>(${words.uncertain})</em>` : NOTHING}</li>`;
  });
  return section(words.why, html`<ul class="why">${items}</ul>`);
};

const actions = (incident: LogIncident, words: RenderWords): Markup => {
  if (incident.next_actions.length === 0) return NOTHING;
  const items = incident.next_actions.map(({ summary, command, risk }) => html`<li>${summary} <span class="risk ${risk}">${words.risk[risk]}</span>${command === null ? NOTHING : html`<pre><code>${command}</code></pre>`}</li>`);
  return section(words.next, html`<ol>${items}</ol>`);
};

const queries = (incident: LogIncident, words: RenderWords): Markup => {
  if (incident.queries.length === 0) return NOTHING;
  const items = incident.queries.map(({ language, query, why }) => html`<p><strong>${language}</strong> ${why}</p><pre><code>${query}</code></pre>`);
  return html`<details><summary>${words.queries}</summary>${items}</details>`;
};

const samples = (incident: LogIncident, words: RenderWords): Markup => {
  if (incident.sample_logs.length === 0) return NOTHING;
  const blocks = incident.sample_logs.map((sample) => {
    const lines = plainLines(sample, 40).map((line) => html`${line}
`);
    return html`<pre><code>${lines}</code></pre>`;
  });
  return html`<details><summary>${words.samples}</summary>${blocks}</details>`;
};

export const incidentCard = (incident: LogIncident, context: CardContext): Markup => {
  const { words } = context;
  const start = Date.parse(incident.start);
  const window = { start, end: Math.max(start + 1000, Date.parse(incident.end)) };
  const chain = incident.chain.slice(0, CHAIN_SHOWN).map((item) => step(item, window, context));
  const rest = incident.chain.length - chain.length;
  return html`<article class="card ${incident.severity}" id="${incident.id}"><header><span class="badge">${incident.severity}</span><h3>${incident.title}</h3><span class="id">${incident.id} · ${incident.fingerprint}</span></header>${facts(incident, words)}<p class="summary">${incident.summary}</p>${section(words.chain, html`<ol class="chain">${chain}${rest > 0 ? html`<li>${words.more(rest)}</li>` : NOTHING}</ol>`)}${incident.impact === '' ? NOTHING : section(words.impact, html`<p>${incident.impact}</p>`)}${hypotheses(incident, words)}${actions(incident, words)}${queries(incident, words)}${samples(incident, words)}</article>`;
};
