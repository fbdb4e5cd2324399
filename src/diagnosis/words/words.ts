/** The sentences of a report. One file per language implements this; nothing else in the diagnosis writes prose. */
import type { Finding } from '../../domain/finding.ts';
import type { Language } from '../../domain/language.ts';
import type { Component, Fault } from '../../domain/report.ts';
import { WORDS_EN } from './words-en.ts';
import { WORDS_KO } from './words-ko.ts';

export interface HypothesisFacts {
  readonly component: Component;
  readonly fault: Fault;
  readonly indicator: string;
  readonly changeId: string | null;
  /** RFC 3339. */
  readonly onset: string | null;
  /** Percent. */
  readonly confidence: number;
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
  readonly hypothesis: (facts: HypothesisFacts) => string;
  /** The report's two or three sentences. */
  readonly rootCause: (first: HypothesisFacts, affected: readonly string[], runnerUp: HypothesisFacts | null) => string;
  readonly inconclusive: (first: HypothesisFacts | null) => string;
  readonly noIncident: () => string;
  readonly impact: (affected: readonly string[]) => string;
  readonly evidence: (finding: Finding) => string;
  readonly missingSignal: (signal: string) => string;
  readonly uncoveredSignal: (signal: string, missingPercent: number) => string;
  readonly clocksDiffer: (component: string, seconds: number) => string;
  readonly noBaseline: (since: string | null) => string;
  readonly rollBack: (changeId: string, service: string | null) => string;
  readonly act: (fault: Fault, component: string) => string;
  readonly confirm: (indicator: string, component: string) => string;
  readonly whyQuery: (component: string, indicator: string) => string;
}

export const wordsOfLanguage = (language: Language): Words => (language === 'ko' ? WORDS_KO : WORDS_EN);
