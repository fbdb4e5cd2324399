/** Every sentence of a digest, in one place a language. Functions take facts and return prose; nobody else joins sentences. */
import type { KnownFailure } from '../../../signals/logs/knowledge/known-failure.ts';
import type { Story } from '../story.ts';

export interface ComparedWith {
  /** RFC 3339. */
  readonly start: string;
  readonly end: string;
}

export interface Words {
  title(story: Story): string;
  step(failure: KnownFailure | null, template: string): string;
  summary(story: Story): string;
  impact(story: Story): string;
  knownCause(failure: KnownFailure, first: boolean): string;
  noticedOnly(failure: KnownFailure): string;
  unknownCause(template: string): string;
  aroundStart(): string;
  lookCloser(): string;
  findTrigger(): string;
  findLast(): string;
  gapNoTime(errors: number): string;
  gapSomeUntimed(events: number): string;
  gapNoLevels(): string;
  gapNoBaseline(): string;
  gapEarlierPart(compared: ComparedWith): string;
  gapOther(events: number): string;
  gapScattered(count: number): string;
  gapMoreIncidents(count: number): string;
  gapMorePatterns(count: number, list: string): string;
  gapClaims(count: number): string;
}
