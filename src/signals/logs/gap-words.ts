/** What the engine has to say of its own reading, in every language. */
import type { Language } from '../../domain/language.ts';
import { countText } from '../../shared/count-text.ts';

export interface GapWords {
  readonly cutLines: (lines: number) => string;
  readonly someUndated: (undated: number, events: number) => string;
  readonly allUndated: () => string;
  readonly manyPatterns: () => string;
  readonly manyExceptions: (count: number) => string;
  readonly filtered: (events: number) => string;
}

const plural = (count: number, one: string, many = `${one}s`): string => `${countText(count)} ${count === 1 ? one : many}`;

const EN: GapWords = {
  cutLines: (lines) => `${plural(lines, 'line')} longer than 256 KiB ${lines === 1 ? 'was' : 'were'} read only that far.`,
  someUndated: (undated, events) => `${countText(undated)} of ${countText(events)} events carry no time; they count, but not over time.`,
  allUndated: () => 'No line carries a time: order and onset are unknown.',
  manyPatterns: () => 'The text varies too much to keep every pattern: what was seen once and found no room is counted under the pattern <*>.',
  manyExceptions: (count) => `${plural(count, 'exception')} beyond the first 4,000 kinds ${count === 1 ? 'was' : 'were'} not told apart.`,
  filtered: (events) => `${plural(events, 'event')} outside the chosen time, service or level ${events === 1 ? 'was' : 'were'} left out.`,
};

const KO: GapWords = {
  cutLines: (lines) => `256KiB보다 긴 줄 ${countText(lines)}개는 그만큼만 읽었습니다.`,
  someUndated: (undated, events) => `이벤트 ${countText(events)}건 중 ${countText(undated)}건에 시각이 없습니다. 건수에는 넣었지만 시간별 분석에서는 제외했습니다.`,
  allUndated: () => '시각이 있는 줄이 없어 순서와 시작 시점을 알 수 없습니다.',
  manyPatterns: () => '문구가 너무 다양해 모든 패턴을 따로 보관하지 못했습니다. 한 번만 나타나 자리가 없던 것은 패턴 <*>로 집계했습니다.',
  manyExceptions: (count) => `예외 종류가 4,000개를 넘어 ${countText(count)}건은 서로 구분하지 않았습니다.`,
  filtered: (events) => `지정한 시간, 서비스, 레벨에 해당하지 않는 이벤트 ${countText(events)}건을 제외했습니다.`,
};

export const gapWordsFor = (language: Language): GapWords => (language === 'ko' ? KO : EN);
