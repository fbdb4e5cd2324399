/** Which kinds of edit a change is, each with how plainly the diff says so. */
import type { NumberEdit } from './number-edits.ts';
import { THEMES, type Theme } from './themes.ts';

export interface ThemeHit {
  readonly theme: Theme;
  /** 0 to 1: 1 where changed lines say so, less where only names or the summary do, or where a number hardly moves. */
  readonly weight: number;
}

export interface Edited {
  readonly code: readonly string[];
  readonly files: readonly string[];
  /** Id and summary: words that somebody chose. */
  readonly declared: string;
  readonly edits: readonly NumberEdit[];
}

/** What a file's name, an id or a summary is worth beside changed lines. */
export const DECLARED = 0.5;
/** Beside the harmful direction. */
const OTHER_WAY = 0.6;
const MAX_TEXT = 20_000;

/** A number that doubles or halves is moved in full; a tenth is hardly anything. */
const magnitude = ({ from, to }: NumberEdit): number => (from <= 0 || to <= 0 ? 1 : Math.min(1, 0.25 + 0.75 * Math.abs(Math.log2(to / from))));

const numberWeight = (theme: Theme, edits: readonly NumberEdit[]): number => {
  const own = edits.filter(({ key }) => theme.pattern.test(key));
  if (own.length === 0) return 1;
  return Math.max(...own.map((edit) => magnitude(edit) * (theme.hurts === null || (theme.hurts === 'down') === (edit.to < edit.from) ? 1 : OTHER_WAY)));
};

/** As written, and taken apart: `requestsPerMinute` and `max_size` hold words too. */
const readable = (text: string): string => `${text}\n${text.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/[_-]/g, ' ')}`;

export const themeHits = ({ code, files, declared, edits }: Edited): readonly ThemeHit[] => {
  const text = readable(code.join('\n').slice(0, MAX_TEXT));
  const names = readable(`${files.join('\n')}\n${declared}`.slice(0, MAX_TEXT));
  const hits: ThemeHit[] = [];
  for (const theme of THEMES) {
    if (theme.pattern.test(text)) hits.push({ theme, weight: numberWeight(theme, edits) });
    else if (theme.pattern.test(names)) hits.push({ theme, weight: DECLARED * numberWeight(theme, edits) });
  }
  return hits;
};
