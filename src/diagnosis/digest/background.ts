/** Errors that go on all the time: listed as ongoing, and one incident only where they are serious. */
import type { LogSummary } from '../../domain/log-summary.ts';
import type { EpochMs } from '../../domain/time.ts';
import { type Annotated, isBad } from './annotate.ts';
import { type Activity, type Episodes, SERIOUS_SHARE } from './episodes.ts';
import type { Cluster } from './group.ts';

const SERIOUS_EVENTS = 50;

/**
 * What stands out of the background is told elsewhere and not counted here.
 *
 * @returns one cluster over the whole time, or null where nothing serious goes on
 */
export const seriousBackground = (summary: LogSummary, { steady, activities: told }: Episodes): Cluster | null => {
  if (summary.baseline !== null) return null;
  const bad = steady.filter(isBad);
  const standOut = new Map<Annotated, number>();
  for (const { item, count } of told) standOut.set(item, (standOut.get(item) ?? 0) + count);
  const events = bad.reduce((sum, item) => sum + item.count - (standOut.get(item) ?? 0), 0);
  const many = events >= SERIOUS_EVENTS && events >= SERIOUS_SHARE * summary.events;
  const serious = many ? bad : bad.filter(({ weight, failure }) => weight === 'fatal' || failure?.terminal !== undefined);
  const activities = serious.flatMap((item) => wholeLife(item, item.count - (standOut.get(item) ?? 0)));
  const [first, ...rest] = activities;
  if (first === undefined) return null;
  const start = rest.reduce((least, activity) => Math.min(least, activity.start), first.start);
  const end = rest.reduce((most, activity) => Math.max(most, activity.end), first.end);
  return { start, end, activities, warnings: [], repeats: 1 };
};

const wholeLife = (item: Annotated, count: number): readonly Activity[] => {
  const start: EpochMs | undefined = item.series.buckets[0]?.first;
  if (start === undefined || count <= 0) return [];
  return [{ item, start, end: Math.max(start, item.pattern.lastSeen ?? start), count }];
};
