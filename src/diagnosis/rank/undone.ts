/** A change that was taken back tells twice: trouble that ends with it was its own, and trouble that stays was not. */
import type { EpochMs } from '../../domain/time.ts';
import type { ChangeProfile } from '../../signals/changes/change-profile.ts';
import type { Suspect } from './rank-components.ts';

export interface UndoneMatch {
  readonly points: number;
  /** By which the case against the change is multiplied. */
  readonly factor: number;
  readonly reason: string | null;
}

const NOTHING: UndoneMatch = { points: 0, factor: 1, reason: null };
const POINTS = 1.5;
const STAYS_FACTOR = 0.4;
/** A rollout and the averages behind it take this long. */
const ENDS_MS = 5 * 60_000;
const SLACK_MS = 60_000;
/** Queues drain and caches fill: trouble that stays this long after is another. */
const STAYS_MS = 15 * 60_000;

const sameLines = (a: readonly string[], b: readonly string[]): boolean => a.length > 0 && a.length === b.length && [...a].sort().join('\n') === [...b].sort().join('\n');

const undoes = (later: ChangeProfile, { change, lines }: ChangeProfile): boolean => {
  if (later.change.time <= change.time || later.change.service !== change.service) return false;
  if (change.version !== null && change.previousVersion !== null && change.version !== change.previousVersion && later.change.version === change.previousVersion && later.change.previousVersion === change.version) return true;
  return sameLines(later.lines.added, lines.removed) && sameLines(later.lines.removed, lines.added);
};

/** When a change was first taken back; null where it was not. */
export const undoneAt = (profile: ChangeProfile, profiles: readonly ChangeProfile[]): EpochMs | null => {
  let first: EpochMs | null = null;
  for (const later of profiles) if (undoes(later, profile) && (first === null || later.change.time < first)) first = later.change.time;
  return first;
};

/** `until`: the end of what was recorded. */
export const matchUndone = (at: EpochMs | null, { supports }: Suspect, until: EpochMs): UndoneMatch => {
  const metrics = supports.filter(({ kind }) => kind === 'metric');
  if (at === null || metrics.length === 0) return NOTHING;
  const [lead] = metrics;
  if (lead?.end !== null && lead?.end !== undefined) return lead.end >= at - SLACK_MS && lead.end <= at + ENDS_MS ? { points: POINTS, factor: 1, reason: `it was taken back at ${new Date(at).toISOString()}, and ${lead.indicator} recovered then` } : NOTHING;
  return until - at >= STAYS_MS ? { points: 0, factor: STAYS_FACTOR, reason: null } : NOTHING;
};
