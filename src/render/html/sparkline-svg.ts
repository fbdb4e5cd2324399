/** A pattern's series as a small bar chart. */
import type { TimeSeries } from '../../domain/log-summary.ts';
import type { TimeWindow } from '../../domain/time.ts';
import { resample } from '../resample.ts';
import { coordinate, html, type Markup, NOTHING } from './markup.ts';

const SLOTS = 40;
const WIDTH = 120;
const HEIGHT = 22;

export const sparklineSvg = (series: TimeSeries | undefined, window: TimeWindow | null, className: string): Markup => {
  if (series === undefined || window === null) return NOTHING;
  const counts = resample(series, window, SLOTS);
  const max = Math.max(...counts);
  if (max <= 0) return NOTHING;
  const step = WIDTH / SLOTS;
  const path = counts
    .map((count, slot) => {
      const height = count > 0 ? Math.max(1.5, (count / max) * HEIGHT) : 0;
      return height === 0 ? '' : `M${coordinate(slot * step)} ${HEIGHT}v-${coordinate(height)}h${coordinate(step - 0.6)}v${coordinate(height)}z`;
    })
    .join('');
  return html`<svg class="spark ${className}" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true"><path d="${path}"/></svg>`;
};
