/** Every fixed word of the renderers, in every language. */
import type { Language } from '../../domain/language.ts';
import type { Verdict } from '../../domain/report.ts';
import type { DurationUnits } from '../time-text.ts';
import { EN } from './en.ts';
import { KO } from './ko.ts';

export interface RenderWords {
  /** BCP 47. */
  readonly languageTag: string;
  readonly title: string;
  readonly incidents: (count: number) => string;
  readonly noIncident: string;
  readonly noIncidentDetail: string;
  readonly nothing: string;
  readonly lines: (count: string) => string;
  readonly events: (count: string) => string;
  readonly errors: (count: string) => string;
  readonly patternCount: (count: string) => string;
  readonly units: DurationUnits;
  readonly took: (duration: string) => string;
  readonly noTimes: string;
  readonly period: string;
  readonly baseline: string;
  readonly services: string;
  readonly environment: string;
  readonly region: string;
  readonly hosts: string;
  readonly errorCodes: string;
  readonly chain: string;
  readonly impact: string;
  readonly why: string;
  readonly uncertain: string;
  readonly confidence: string;
  readonly next: string;
  readonly queries: string;
  readonly samples: string;
  readonly evidence: string;
  readonly patterns: string;
  readonly groupNew: string;
  readonly groupGrowing: string;
  readonly groupGone: string;
  readonly groupOngoing: string;
  /** Where nothing was compared. */
  readonly groupAll: string;
  readonly groupNote: { readonly new: string; readonly growing: string; readonly gone: string; readonly ongoing: string };
  readonly was: (count: string) => string;
  readonly more: (count: number) => string;
  /** Where a list on a terminal ends before its patterns do. */
  readonly morePatterns: (count: number) => string;
  readonly gaps: string;
  readonly howRead: string;
  readonly readAs: string;
  readonly unrecognised: string;
  readonly closer: string;
  readonly risk: { readonly none: string; readonly low: string; readonly medium: string; readonly high: string };
  readonly volume: string;
  readonly volumeLegend: { readonly error: string; readonly errors: string; readonly warn: string; readonly other: string; readonly incident: string };
  readonly volumeText: (events: string, errors: string) => string;
  readonly heatmap: string;
  readonly heatmapText: (patterns: string) => string;
  readonly columns: { readonly level: string; readonly count: string; readonly before: string; readonly trend: string; readonly pattern: string; readonly service: string; readonly first: string; readonly last: string; readonly file: string; readonly format: string; readonly lines: string; readonly events: string; readonly size: string };
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly change: string;
  readonly against: string;
  readonly evidenceTitle: string;
  readonly madeBy: string;
  readonly masked: string;
}

export const wordsFor = (language: Language): RenderWords => (language === 'ko' ? KO : EN);
