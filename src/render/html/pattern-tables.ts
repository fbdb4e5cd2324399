/** New, growing, gone and ongoing patterns as tables. */
import type { Digest, DigestPattern } from '../../domain/digest.ts';
import type { LogSummary } from '../../domain/log-summary.ts';
import { isErrorLevel } from '../../domain/severity.ts';
import { countText } from '../../shared/count-text.ts';
import { chartWindow } from '../resample.ts';
import { mainClass, mixedErrors } from '../series-by-class.ts';
import { clockText, dateText } from '../time-text.ts';
import type { RenderWords } from '../words/words.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { sparklineSvg } from './sparkline-svg.ts';
import { template } from './template-markup.ts';

const ROWS_SHOWN = 100;

type Kind = keyof Digest['patterns'];

const classOf = ({ severity }: DigestPattern): string => (isErrorLevel(severity) ? 'error' : severity === 'WARN' ? 'warn' : 'other');

const moment = (at: string | null, withDate: boolean): string => (at === null ? '' : withDate ? `${dateText(at).slice(5)} ${clockText(at)}` : clockText(at));

const table = (kind: Kind, digest: Digest, summary: LogSummary, words: RenderWords): Markup => {
  const patterns = digest.patterns[kind];
  if (patterns.length === 0) return NOTHING;
  const { columns } = words;
  const own = new Map(summary.patterns.map((pattern) => [pattern.id, pattern]));
  const withDate = digest.period !== null && dateText(digest.period.start) !== dateText(digest.period.end);
  const rows = patterns.slice(0, ROWS_SHOWN).map((pattern) => {
    const known = own.get(pattern.id);
    const mixed = known === undefined ? null : mixedErrors(known);
    const spark = kind === 'gone' ? sparklineSvg(known?.baselineSeries, summary.baseline, 'other') : sparklineSvg(known?.series, chartWindow(summary), known === undefined ? 'other' : mainClass(known), known?.errorSeries);
    return html`<tr><td class="level ${classOf(pattern)}">${pattern.severity ?? ''}</td><td class="n">${countText(pattern.count)}${mixed === null ? NOTHING : html`<br><small class="level error">${words.errors(countText(mixed))}</small>`}</td><td class="n">${countText(pattern.baseline_count)}</td><td>${spark}</td><td class="template wide">${template(pattern.template)}</td><td class="who">${pattern.services.slice(0, 4).join(', ')}</td><td class="nowrap">${moment(pattern.first_seen, withDate)}</td></tr>
`;
  });
  const rest = patterns.length - rows.length;
  const titles = { new: words.groupNew, growing: words.groupGrowing, gone: words.groupGone, ongoing: words.groupOngoing };
  const compared = digest.baseline !== null;
  return html`<h3 class="group">${compared ? titles[kind] : words.groupAll} <small>${countText(patterns.length)}${compared ? ` – ${words.groupNote[kind]}` : ''}</small></h3><div class="scroll"><table class="patterns"><thead><tr><th scope="col">${columns.level}</th><th scope="col" class="n">${columns.count}</th><th scope="col" class="n">${columns.before}</th><th scope="col">${columns.trend}</th><th scope="col">${columns.pattern}</th><th scope="col">${columns.service}</th><th scope="col">${columns.first}</th></tr></thead><tbody>${rows}</tbody></table></div>${rest > 0 ? html`<p class="sub">${words.more(rest)}</p>` : NOTHING}`;
};

export const patternTables = (digest: Digest, summary: LogSummary, words: RenderWords): Markup => {
  const tables = (['new', 'growing', 'gone', 'ongoing'] as const).map((kind) => table(kind, digest, summary, words));
  return tables.every((markup) => markup === NOTHING) ? NOTHING : html`<section><h2>${words.patterns}</h2>${tables}</section>`;
};
