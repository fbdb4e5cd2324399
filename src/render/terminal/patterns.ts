/** `faultline patterns` on a terminal: one row a pattern, most frequent first. */
import type { LogSummary } from '../../domain/log-summary.ts';
import { countText } from '../../shared/count-text.ts';
import { wrap } from '../display-width.ts';
import type { TerminalOptions } from '../digest-view.ts';
import { servicesByCount } from '../patterns-json.ts';
import { plainLine } from '../plain-text.ts';
import { chartWindow, resample, sparkline } from '../resample.ts';
import { wordsFor } from '../words/words.ts';
import { patternRow } from './pattern-rows.ts';
import { createPaint } from './style.ts';

const ROWS_SHOWN = 100;
const SPARK_SLOTS = 12;

export const renderPatterns = (summary: LogSummary, options: TerminalOptions): string => {
  const paint = createPaint(options.color);
  const words = wordsFor(options.language);
  const title = [words.patternCount(countText(summary.patterns.length)), words.events(countText(summary.events)), words.lines(countText(summary.lines))];
  const window = chartWindow(summary);
  const rows = summary.patterns.slice(0, ROWS_SHOWN).map((pattern) =>
    patternRow(
      {
        level: pattern.level,
        count: pattern.count,
        sparkline: window === null ? '' : sparkline(resample(pattern.series, window, SPARK_SLOTS)),
        template: pattern.template,
        note: servicesByCount(pattern).slice(0, 2).map(plainLine).join(', '),
      },
      options.width,
      paint,
    ),
  );
  const rest = summary.patterns.length - rows.length;
  const gaps = summary.gaps.flatMap((gap) => wrap(plainLine(gap), options.width - 2, 4).map((line, index) => `${paint('yellow', index === 0 ? '!' : ' ')} ${line}`));
  return `${[paint('dim', title.join(' · ')), '', ...rows, ...(rest > 0 ? [paint('dim', words.more(rest))] : []), ...(gaps.length > 0 ? ['', ...gaps] : [])].join('\n')}\n`;
};
