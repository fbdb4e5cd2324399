/** Do the signals agree on when the trouble began? Where they do not, clocks may differ, and an order of onsets says less. */
import type { EvidenceKind } from '../../domain/report.ts';
import type { Suspect } from '../rank/rank-components.ts';
import type { Words } from '../words/words.ts';

const MIN_MS = 90_000;
/** Farther apart, one signal saw another stage of the trouble (a leak long before its crash), not another clock. */
const MAX_MS = 10 * 60_000;

/** One sentence, or none. Each signal is represented by the earliest onset of its findings about the first suspect. */
export const clockGap = (first: Suspect | undefined, words: Words): readonly string[] => {
  const onsets = new Map<EvidenceKind, number>();
  for (const { kind, onset } of first?.supports ?? []) if (onset !== null && kind !== 'change') onsets.set(kind, Math.min(onsets.get(kind) ?? onset, onset));
  if (first === undefined || onsets.size < 2) return [];
  const apart = Math.max(...onsets.values()) - Math.min(...onsets.values());
  return apart < MIN_MS || apart > MAX_MS ? [] : [words.clocksDiffer(first.component.name, Math.round(apart / 1000))];
};
