/** The sentences of a report. One set of files per language implements this; nothing else in the diagnosis writes prose. */
import type { ChangeKind, Change } from '../../domain/capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Language } from '../../domain/language.ts';
import type { Component, Fault } from '../../domain/report.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { InstantText } from './instant-text.ts';
import { WORDS_EN } from './words-en.ts';
import { WORDS_KO } from './words-ko.ts';

export interface BlamedChange {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly at: EpochMs;
  /** `pool-size: 50 → 10`, masked and without markup; null where the diff tells no setting. */
  readonly quote: string | null;
}

export interface HypothesisFacts {
  readonly component: Component;
  readonly fault: Fault;
  readonly indicator: string;
  readonly changeId: string | null;
  /** Null where the capsule does not hold it. */
  readonly change: BlamedChange | null;
  readonly onset: EpochMs | null;
  /** Percent. */
  readonly confidence: number;
  /** What shows it best: two at most. */
  readonly shown: readonly Finding[];
  /** The rank of a better hypothesis about the same component; null of none. */
  readonly sameAs: number | null;
}

/** Somebody else who shows symptoms, seen from the blamed component. */
export interface Bystander {
  readonly name: string;
  /** `caller`: calls the blamed one, directly or not. */
  readonly relation: 'caller' | 'callee' | 'unconnected';
  readonly isDirect: boolean;
  readonly isConsequence: boolean;
  readonly isEarlier: boolean;
  /** It sends no telemetry: somebody else's speaks of it. */
  readonly isExternal: boolean;
  /** After the first hypothesis' onset. */
  readonly lagMs: number | null;
  readonly sign: Finding;
}

export interface SparedChange {
  readonly change: Change;
  /** It came after the onset; or the blamed component does not call where it was made. */
  readonly reason: 'after' | 'not_called';
  /** Where it was made, nothing shows a fault. */
  readonly isQuiet: boolean;
}

export interface Story {
  readonly at: InstantText;
  readonly first: HypothesisFacts;
  readonly bystanders: readonly Bystander[];
  readonly affected: readonly string[];
  readonly runnerUp: HypothesisFacts | null;
  readonly spared: readonly SparedChange[];
}

export interface ImpactFacts {
  readonly affected: readonly string[];
  /** The blamed component; null where none is. */
  readonly blamed: string | null;
  /** With the evidence that shows it. */
  readonly bystanders: readonly (Bystander & { readonly evidence: string })[];
}

export interface SignalNames {
  readonly logs: string;
  readonly metrics: string;
  readonly traces: string;
  readonly changes: string;
  readonly topology: string;
  readonly kubernetes: string;
}

export interface Words {
  readonly fault: Readonly<Record<Fault, string>>;
  readonly signals: SignalNames;
  readonly componentName: (component: Component) => string;
  readonly hypothesis: (facts: HypothesisFacts, at: InstantText) => string;
  /** That a later hypothesis' component only follows from the first; that a change was spared. */
  readonly bystander: (bystander: Bystander, blamed: string) => string;
  readonly spared: (spared: SparedChange, at: InstantText) => string;
  /** The report's two or three sentences. */
  readonly rootCause: (story: Story) => string;
  readonly inconclusive: (first: HypothesisFacts | null, at: InstantText) => string;
  /** `refuted`: services that were said to suffer and visibly do not; empty where nobody said anything. */
  readonly noIncident: (refuted: readonly string[]) => string;
  readonly impact: (facts: ImpactFacts) => string;
  readonly evidence: (finding: Finding, at: InstantText) => string;
  readonly missingSignal: (signal: string) => string;
  readonly uncoveredSignal: (signal: string, missingPercent: number) => string;
  readonly clocksDiffer: (component: string, seconds: number) => string;
  readonly samplesMissing: (percent: number) => string;
  /** `names`: a few of them; `count`: how many there are. */
  readonly unseen: (names: readonly string[], count: number) => string;
  readonly nothingNormal: (signal: string) => string;
  readonly noSymptom: string;
  readonly noBaseline: (since: string | null) => string;
  readonly look: (fault: Fault, component: string) => string;
  readonly rollBack: (change: Pick<BlamedChange, 'id' | 'kind' | 'quote'>, service: string | null) => string;
  readonly act: (fault: Fault, component: string) => string;
  readonly runbook: (file: string) => string;
  /** Null: it is no metric, so it has to go. */
  readonly confirm: (indicator: string, component: string, normal: string | null) => string;
  readonly whyQuery: (component: string, indicator: string) => string;
  readonly whyErrors: (component: string) => string;
}

export const wordsOfLanguage = (language: Language): Words => (language === 'ko' ? WORDS_KO : WORDS_EN);
