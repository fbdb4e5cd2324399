/** Suspects and their findings written down as `faultline.report/1`. */
import type { Capsule } from '../../domain/capsule.ts';
import type { NextAction } from '../../domain/digest.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Evidence, Hypothesis, QueryLanguage, Report, Verdict } from '../../domain/report.ts';
import { toRfc3339, type TimeWindow } from '../../domain/time.ts';
import type { Suspect } from '../rank/rank-components.ts';
import type { HypothesisFacts, Words } from '../words/words.ts';

export interface Judged extends Suspect {
  readonly confidence: number;
}

export interface ReportInput {
  readonly capsule: Capsule;
  readonly verdict: Verdict;
  /** Best first. */
  readonly judged: readonly Judged[];
  /** Services that visibly suffer, sorted. */
  readonly affected: readonly string[];
  readonly gaps: readonly string[];
  readonly logPatterns: Report['log_patterns'];
}

const MAX_HYPOTHESES = 10;
const MAX_EVIDENCE = 6;

const instant = (at: number | null): string | null => (at === null || !Number.isFinite(at) ? null : toRfc3339(at));

const interval = (window: TimeWindow | null): Evidence['window'] => {
  const start = instant(window?.start ?? null);
  const end = instant(window?.end ?? null);
  return start === null || end === null ? null : { start, end };
};

/** Numbers the findings that hypotheses cite, in order of first citation. */
class EvidenceList {
  private readonly ids = new Map<string, string>();
  readonly items: Evidence[] = [];
  private readonly words: Words;

  constructor(words: Words) {
    this.words = words;
  }

  cite(finding: Finding): string {
    const known = this.ids.get(finding.id);
    if (known !== undefined) return known;
    const id = `E${this.items.length + 1}`;
    this.ids.set(finding.id, id);
    this.items.push({
      id,
      kind: finding.kind,
      summary: this.words.evidence(finding),
      service: finding.component.kind === 'external' ? null : finding.component.name,
      window: interval(finding.window),
      query: finding.query,
      observed: finding.observed,
      expected: finding.expected,
      samples: finding.samples.slice(0, 3),
    });
    return id;
  }
}

const onsetOf = (suspect: Suspect): number | null => {
  const onsets = suspect.supports.map((finding) => finding.onset).filter((at) => at !== null);
  return suspect.supports[0]?.onset ?? (onsets.length === 0 ? null : Math.min(...onsets));
};

const factsOf = (suspect: Judged): HypothesisFacts => ({
  component: suspect.component,
  fault: suspect.fault,
  indicator: suspect.supports.find((finding) => finding.indicator !== '')?.indicator ?? suspect.fault,
  changeId: suspect.changeId,
  onset: instant(onsetOf(suspect)),
  confidence: Math.round(suspect.confidence * 100),
});

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

const hypothesisOf = (suspect: Judged, rank: number, evidence: EvidenceList, words: Words): Hypothesis => {
  const facts = factsOf(suspect);
  return {
    rank,
    component: suspect.component,
    fault: suspect.fault,
    change_id: suspect.changeId,
    indicator: facts.indicator,
    onset: facts.onset,
    score: rounded(suspect.score, 4),
    confidence: rounded(suspect.confidence, 4),
    summary: words.hypothesis(facts),
    evidence: suspect.supports.slice(0, MAX_EVIDENCE).map((finding) => evidence.cite(finding)),
    contradictions: suspect.contradictions.slice(0, MAX_EVIDENCE).map((finding) => evidence.cite(finding)),
  };
};

const actionsOf = (judged: readonly Judged[], words: Words): NextAction[] => {
  const [first] = judged;
  if (first === undefined) return [];
  const name = words.componentName(first.component);
  const actions: NextAction[] = [];
  if (first.changeId !== null) {
    const service = first.component.kind === 'service' ? first.component.name : null;
    const command = service === null ? null : `kubectl rollout undo deployment/${service}`;
    actions.push({ summary: words.rollBack(first.changeId, service), command, risk: 'medium' });
  }
  actions.push({ summary: words.act(first.fault, name), command: null, risk: first.changeId === null ? 'low' : 'none' });
  actions.push({ summary: words.confirm(factsOf(first).indicator, name), command: null, risk: 'none' });
  return actions;
};

const LANGUAGE_OF: Readonly<Partial<Record<Evidence['kind'], QueryLanguage>>> = { metric: 'promql', log_pattern: 'logql', trace: 'traceql' };

const queriesOf = (judged: readonly Judged[], words: Words): Report['queries'] => {
  const queries = new Map<string, Report['queries'][number]>();
  for (const { supports } of judged.slice(0, 3)) {
    for (const finding of supports.slice(0, 3)) {
      const language = LANGUAGE_OF[finding.kind];
      if (language === undefined || finding.query === null || finding.query === '' || queries.has(finding.query)) continue;
      queries.set(finding.query, { language, query: finding.query, why: words.whyQuery(words.componentName(finding.component), finding.indicator) });
    }
  }
  return [...queries.values()].slice(0, 8);
};

const summaryOf = ({ verdict, judged, affected }: ReportInput, words: Words): string => {
  const [first] = judged;
  // Another fault of the same component is no alternative.
  const second = judged.find(({ component }) => component.name !== first?.component.name);
  if (verdict === 'no_incident') return words.noIncident();
  if (first === undefined) return words.inconclusive(null);
  if (verdict === 'inconclusive') return words.inconclusive(factsOf(first));
  const rival = second !== undefined && second.confidence >= 0.2 ? factsOf(second) : null;
  return words.rootCause(factsOf(first), affected.filter((name) => name !== first.component.name), rival);
};

export const buildReport = (input: ReportInput, words: Words): Report => {
  const { capsule, verdict } = input;
  const evidence = new EvidenceList(words);
  const shown = verdict === 'no_incident' ? [] : input.judged.slice(0, MAX_HYPOTHESES);
  const hypotheses = shown.map((suspect, index) => hypothesisOf(suspect, index + 1, evidence, words));
  return {
    schema: 'faultline.report/1',
    capsule_id: capsule.id,
    verdict,
    summary: summaryOf({ ...input, judged: shown }, words),
    hypotheses,
    evidence: evidence.items,
    gaps: input.gaps,
    impact: { services: input.affected, summary: words.impact(input.affected) },
    next_actions: actionsOf(shown, words),
    queries: queriesOf(shown, words),
    log_patterns: input.logPatterns,
    timings_ms: { total: 0 },
    llm: null,
  };
};
