/** The digest as one self-contained HTML file: no script, no request to anywhere (its own policy forbids both). */
import type { Digest } from '../../domain/digest.ts';
import type { Language } from '../../domain/language.ts';
import type { LogSummary } from '../../domain/log-summary.ts';
import { countText } from '../../shared/count-text.ts';
import { authorship } from '../authorship.ts';
import type { DigestView, RenderOptions } from '../digest-view.ts';
import { formatText } from '../format-text.ts';
import { durationText, intervalText } from '../time-text.ts';
import { type RenderWords, wordsFor } from '../words/words.ts';
import { document } from './document.ts';
import { heatMap } from './heat-map.ts';
import { incidentCard } from './incident-card.ts';
import { html, Markup, type Markup as MarkupType, NOTHING } from './markup.ts';
import { patternTables } from './pattern-tables.ts';
import { volumeChart } from './volume-chart.ts';

const INCIDENTS_SHOWN = 50;
const STREAMS_SHOWN = 200;
const GAPS_SHOWN = 200;

const tile = (value: string, label: string, alarm = false): MarkupType => html`<li${new Markup(alarm ? ' class="alarm"' : '')}><b>${value}</b><span>${label}</span></li>`;

const header = ({ digest, summary }: DigestView, language: Language): MarkupType => {
  const words = wordsFor(language);
  const author = authorship(digest.llm, language);
  const incidents = digest.incidents.length;
  const verdict = incidents === 0 ? words.noIncident : words.incidents(incidents);
  const period = digest.period === null ? words.noTimes : intervalText(digest.period);
  const baseline = digest.baseline === null ? '' : ` · ${words.baseline}: ${intervalText(digest.baseline)}`;
  return html`<header><div class="brand">Faultline · ${words.title}</div><h1>${verdict}</h1><p class="sub">${period}${baseline} · ${words.took(durationText(digest.timings_ms.total, words.units))}${author === '' ? '' : ` · ${author}`}</p><ul class="tiles">${tile(countText(digest.errors), words.volumeLegend.errors, digest.errors > 0)}${tile(countText(digest.events), words.columns.events)}${tile(countText(digest.lines), words.columns.lines)}${tile(countText(summary.patterns.length), words.patterns)}</ul></header>`;
};

const incidentSection = (digest: Digest, summary: LogSummary, words: RenderWords): MarkupType => {
  if (digest.events === 0) return html`<section><p>${words.nothing}</p></section>`;
  if (digest.incidents.length === 0) return html`<section><p>${words.noIncidentDetail}</p></section>`;
  const series = new Map(summary.patterns.map((pattern) => [pattern.id, pattern.errorSeries ?? pattern.series]));
  const cards = digest.incidents.slice(0, INCIDENTS_SHOWN).map((incident) => incidentCard(incident, { words, series }));
  const rest = digest.incidents.length - cards.length;
  return html`<section><h2>${words.incidents(digest.incidents.length)}</h2>${cards}${rest > 0 ? html`<p class="sub">${words.more(rest)}</p>` : NOTHING}</section>`;
};

const streamSection = ({ streams }: LogSummary, words: RenderWords): MarkupType => {
  if (streams.length === 0) return NOTHING;
  const { columns } = words;
  const rows = streams.slice(0, STREAMS_SHOWN).map((stream) => html`<tr><td>${stream.name}</td><td>${formatText(stream, words.unrecognised)}</td><td class="n">${countText(stream.lines)}</td><td class="n">${countText(stream.events)}</td></tr>`);
  return html`<section><h2>${words.howRead}</h2><div class="scroll"><table><thead><tr><th scope="col">${columns.file}</th><th scope="col">${columns.format}</th><th scope="col" class="n">${columns.lines}</th><th scope="col" class="n">${columns.events}</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
};

const gapSection = ({ gaps }: Digest, words: RenderWords): MarkupType =>
  gaps.length === 0 ? NOTHING : html`<section><h2>${words.gaps}</h2><ul class="gaps">${gaps.slice(0, GAPS_SHOWN).map((gap) => html`<li>${gap}</li>`)}</ul></section>`;

export const renderHtml = (view: DigestView, { language }: RenderOptions): string => {
  const { digest, summary, closerLook } = view;
  const words = wordsFor(language);
  const { patterns } = digest;
  const all = [...patterns.new, ...patterns.growing, ...patterns.ongoing];
  const [first] = digest.incidents;
  const title = first === undefined ? words.noIncident : `${first.severity} ${first.title}`;
  return document(
    title,
    html`${header(view, language)}
${volumeChart(summary, digest.incidents, words)}
${incidentSection(digest, summary, words)}
${heatMap(all, summary, words)}
${patternTables(digest, summary, words)}
${streamSection(summary, words)}
${gapSection(digest, words)}
${closerLook === null ? NOTHING : html`<section><h2>${words.closer}</h2><pre><code>${closerLook}</code></pre></section>`}`,
    words,
  );
};
