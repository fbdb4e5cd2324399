/**
 * What a report is drawn from besides its words: a few series, the service map, marks on the time axis, log patterns. Plain data, bounded
 * whatever the capsule's size. Names and texts come from telemetry: renderers escape them and set them apart as quotes.
 */
import type { ComponentKind } from './report.ts';
import type { EpochMs, TimeWindow } from './time.ts';

export interface ChartPoint {
  readonly at: EpochMs;
  readonly value: number;
}

/** What was normal for a series. */
export interface NormalBand {
  readonly median: number;
  /** First and third quartile. */
  readonly low: number;
  readonly high: number;
}

/** Why a series is drawn: it speaks for the first hypothesis, it is what hurts, or it speaks for a later hypothesis. */
export type ChartRole = 'blamed' | 'symptom' | 'other';

export interface SeriesChart {
  /** The report's evidence that it is; null for a symptom that no hypothesis cites. */
  readonly evidence: string | null;
  readonly role: ChartRole;
  readonly metric: string;
  /** Selector in Prometheus' notation. */
  readonly selector: string;
  readonly component: string | null;
  /** Labels that tell it from its fellows, `quantile=0.99 pod=a-1`; null of none. */
  readonly detail: string | null;
  /** `seconds`, `bytes`, `percent`, …; null where nothing says. */
  readonly unit: string | null;
  /** Values are increases per second of a counter. */
  readonly isRate: boolean;
  readonly shown: TimeWindow;
  readonly window: TimeWindow;
  /** The part of the shown time that served as normal; null where it lies elsewhere. */
  readonly baseline: TimeWindow | null;
  readonly band: NormalBand | null;
  readonly onset: EpochMs | null;
  /** The shift was there when the window began. */
  readonly isEarlier: boolean;
  readonly observed: number | null;
  /** Runs of samples in time order; between two runs samples are missing. `MAX_CHART_POINTS` points in all. */
  readonly runs: readonly (readonly ChartPoint[])[];
}

/** `path`: on the way from where it hurts to the blamed component. */
export type NodeState = 'blamed' | 'path' | 'affected' | 'normal';

export interface MapNode {
  readonly name: string;
  readonly state: NodeState;
  /** An alert or the symptom names it. */
  readonly hurts: boolean;
}

/** `source` calls `destination`. */
export interface MapEdge {
  readonly source: string;
  readonly destination: string;
  readonly state: 'blamed' | 'path' | 'normal';
}

export interface ServiceMap {
  /** `MAX_MAP_NODES` at most, by name. */
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
  /** Services that are not drawn. */
  readonly left: number;
}

export type MarkKind = 'onset' | 'change' | 'alert' | 'detected';

export interface TimelineMark {
  readonly at: EpochMs;
  readonly kind: MarkKind;
  /** Null for detection, and where nobody is named. */
  readonly component: string | null;
  /** The indicator, the change's id, the alert's name; empty for detection. */
  readonly label: string;
  /** The change's or alert's own words; null of none. */
  readonly quote: string | null;
  readonly evidence: string | null;
  /** The first hypothesis' component or change. */
  readonly isBlamed: boolean;
  /** It began before the window, so that its true beginning is unknown. */
  readonly isEarlier: boolean;
}

export interface PatternRow {
  readonly evidence: string | null;
  readonly service: string;
  readonly pattern: string;
  readonly onset: EpochMs | null;
  /** Share of time slots or requests that hold it, 0 to 1; null where not counted. */
  readonly observed: number | null;
  readonly expected: number | null;
  /** Masked; null of none. */
  readonly sample: string | null;
}

/** A hypothesis' names in the reader's language. */
export interface HypothesisTitle {
  readonly rank: number;
  readonly kind: ComponentKind;
  readonly component: string;
  readonly fault: string;
}

/** Where an evidence's numbers come from. */
export interface EvidenceSource {
  readonly evidence: string;
  /** Path in the capsule. */
  readonly file: string;
}

export interface ReportView {
  readonly window: TimeWindow;
  readonly detectedAt: EpochMs;
  readonly titles: readonly HypothesisTitle[];
  readonly charts: readonly SeriesChart[];
  readonly map: ServiceMap;
  readonly timeline: readonly TimelineMark[];
  readonly patterns: readonly PatternRow[];
  /** Patterns that changed but are not in `patterns`. */
  readonly patternsLeft: number;
  readonly sources: readonly EvidenceSource[];
}

export const MAX_CHARTS = 8;
export const MAX_CHART_POINTS = 400;
export const MAX_MAP_NODES = 30;
export const MAX_MAP_EDGES = 120;
export const MAX_MARKS = 40;
export const MAX_PATTERNS = 20;
