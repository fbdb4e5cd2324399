/** The fixed words of a capsule's report, in every language. */
import type { Language } from '../../domain/language.ts';
import type { EvidenceKind } from '../../domain/report.ts';
import type { ChartRole, MarkKind, NodeState } from '../../domain/report-view.ts';
import { REPORT_EN } from './report-en.ts';
import { REPORT_KO } from './report-ko.ts';

export interface ChartFacts {
  readonly metric: string;
  readonly component: string | null;
  readonly low: string;
  readonly high: string;
  readonly from: string;
  readonly to: string;
  /** Of normal times; null where unknown. */
  readonly normal: string | null;
  readonly observed: string | null;
  readonly onset: string | null;
  readonly gaps: number;
}

export interface MapFacts {
  readonly services: number;
  readonly blamed: string | null;
  readonly path: readonly string[];
  readonly affected: readonly string[];
}

export interface ReportWords {
  readonly window: string;
  readonly detected: string;
  readonly timeline: string;
  readonly timelineText: (marks: number, components: number) => string;
  readonly marks: Readonly<Record<MarkKind, string>>;
  readonly blamed: string;
  readonly earlier: string;
  readonly everywhere: string;
  readonly charts: string;
  readonly chartText: (facts: ChartFacts) => string;
  readonly chartRole: Readonly<Record<ChartRole, string>>;
  readonly legendLine: string;
  readonly legendBand: string;
  readonly legendBaseline: string;
  readonly legendOnset: string;
  readonly normal: string;
  readonly now: string;
  readonly perSecond: string;
  readonly map: string;
  readonly mapText: (facts: MapFacts) => string;
  readonly mapLeft: (count: number) => string;
  readonly mapDirection: string;
  readonly nodeState: Readonly<Record<NodeState, string>>;
  readonly hurts: string;
  readonly patterns: string;
  readonly patternCounts: (lines: string, patterns: string) => string;
  readonly patternColumns: { readonly trend: string; readonly before: string; readonly now: string; readonly since: string; readonly evidence: string };
  readonly trends: { readonly new: string; readonly gone: string; readonly more: string; readonly less: string };
  readonly evidenceKinds: Readonly<Record<EvidenceKind, string>>;
  readonly evidenceColumns: { readonly id: string; readonly kind: string; readonly service: string; readonly what: string };
  readonly runAgain: string;
  readonly file: string;
  readonly quote: string;
  readonly place: string;
  readonly indicator: string;
  readonly supports: string;
  readonly speaksAgainst: string;
  readonly nothingAgainst: string;
  readonly others: (count: number) => string;
  readonly gaps: string;
  readonly noGaps: string;
  readonly reliability: string;
  readonly reliabilityText: string;
}

export const reportWordsFor = (language: Language): ReportWords => (language === 'ko' ? REPORT_KO : REPORT_EN);
