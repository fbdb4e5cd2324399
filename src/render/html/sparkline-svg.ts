/** A pattern's series as a small bar chart. */
import type { TimeSeries } from '../../domain/log-summary.ts';
import type { TimeWindow } from '../../domain/time.ts';
import { resample } from '../resample.ts';
import type { EventClass } from '../series-by-class.ts';
import { coordinate, html, type Markup, NOTHING } from './markup.ts';

const SLOTS = 40;
const WIDTH = 120;
const HEIGHT = 22;

const bars = (counts: readonly number[], max: number): string => {
  const step = WIDTH / SLOTS;
  return counts
    .map((count, slot) => {
      const height = count > 0 ? Math.max(1.5, (count / max) * HEIGHT) : 0;
      return height === 0 ? '' : `M${coordinate(slot * step)} ${HEIGHT}v-${coordinate(height)}h${coordinate(step - 0.6)}v${coordinate(height)}z`;
    })
    .join('');
};

/** `errors` are drawn over the rest in their own colour. */
export const sparklineSvg = (series: TimeSeries | undefined, window: TimeWindow | null, className: EventClass, errors?: TimeSeries): Markup => {
  if (series === undefined || window === null) return NOTHING;
  const counts = resample(series, window, SLOTS);
  const max = Math.max(...counts);
  if (max <= 0) return NOTHING;
  const over = errors === undefined ? NOTHING : html`<path class="over" d="${bars(resample(errors, window, SLOTS), max)}"/>`;
  return html`<svg class="spark ${className}" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true"><path d="${bars(counts, max)}"/>${over}</svg>`;
};
