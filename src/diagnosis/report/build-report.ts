/** Suspects and their findings written down as `faultline.report/1`. */
import type { Capsule } from '../../domain/capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Evidence, Hypothesis, Report, Verdict } from '../../domain/report.ts';
import { toRfc3339, type TimeWindow } from '../../domain/time.ts';
import type { MetricAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import type { Suspect } from '../rank/rank-components.ts';
import type { CallGraph } from '../relate/call-graph.ts';
import { clauseOf } from '../words/evidence-clause.ts';
import { instantText, type InstantText } from '../words/instant-text.ts';
import type { BlamedChange, Bystander, HypothesisFacts, Words } from '../words/words.ts';
import { actionsOf } from './actions.ts';
import { settingQuote } from './change-quote.ts';
import { queriesOf } from './queries.ts';
import { bystandersOf, sparedChanges } from './story.ts';

export interface Judged extends Suspect {
  readonly confidence: number;
}

export interface ReportInput {
  readonly capsule: Capsule;
  readonly verdict: Verdict;
  /** Best first. */
  readonly judged: readonly Judged[];
  /** Services that were said to suffer and visibly do not, sorted. */
  readonly refuted: readonly string[];
  /** Services that visibly suffer, sorted. */
  readonly affected: readonly string[];
  readonly graph: CallGraph;
  readonly metrics: MetricAnalysis;
  /** Of all signals but metrics. */
  readonly findings: readonly Finding[];
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
  private readonly at: InstantText;

  constructor(words: Words, at: InstantText) {
    this.words = words;
    this.at = at;
  }

  cite(finding: Finding): string {
    const known = this.ids.get(finding.id);
    if (known !== undefined) return known;
    const id = `E${this.items.length + 1}`;
    this.ids.set(finding.id, id);
    this.items.push({
      id,
      kind: finding.kind,
      summary: this.words.evidence(finding, this.at),
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

const blamedChange = (suspect: Suspect, capsule: Capsule): BlamedChange | null => {
  const change = suspect.changeId === null ? undefined : capsule.changes.find(({ id }) => id === suspect.changeId);
  if (change === undefined) return null;
  const reasons = suspect.supports.find((finding) => finding.kind === 'change')?.summary ?? '';
  return { id: change.id, kind: change.kind, at: change.time, quote: settingQuote(change, reasons) };
};

/** What shows it best, and one more thing that is not the same again. */
const shownOf = (suspect: Suspect): readonly Finding[] => {
  const told = suspect.supports.filter((finding) => finding.kind !== 'change' && clauseOf(finding).kind !== 'other');
  const [lead] = told;
  // A sentence of kubectl's world has no numbers to compare: it stands alone, as a quotation.
  if (lead === undefined) return suspect.supports.filter(({ kind }) => kind !== 'change').slice(0, 1);
  const second = told.find(({ indicator, kind, strength }) => indicator !== lead.indicator && (kind !== 'metric' || strength >= CLEAR_STRENGTH));
  return second === undefined ? [lead] : [lead, second];
};

/** Of a metric's shift, for a place in the summary. */
const CLEAR_STRENGTH = 6;

const factsOf = (judged: readonly Judged[], index: number, capsule: Capsule): HypothesisFacts | undefined => {
  const suspect = judged[index];
  if (suspect === undefined) return undefined;
  const same = judged.findIndex(({ component }) => JSON.stringify(component) === JSON.stringify(suspect.component));
  return {
    component: suspect.component,
    fault: suspect.fault,
    indicator: suspect.supports.find((finding) => finding.indicator !== '')?.indicator ?? suspect.fault,
    changeId: suspect.changeId,
    change: blamedChange(suspect, capsule),
    onset: onsetOf(suspect),
    confidence: Math.round(suspect.confidence * 100),
    shown: shownOf(suspect),
    sameAs: same >= 0 && same < index ? same + 1 : null,
  };
};

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** The smallest confidence from which on another component is offered as the alternative. */
const RIVAL = 0.2;

export const buildReport = (input: ReportInput, words: Words): Report => {
  const { capsule, verdict } = input;
  const at = instantText(capsule.window);
  const evidence = new EvidenceList(words, at);
  const judged = verdict === 'no_incident' ? [] : input.judged.slice(0, MAX_HYPOTHESES);
  const facts = judged.flatMap((_, index) => factsOf(judged, index, capsule) ?? []);
  const [first] = facts;
  const believed = verdict === 'root_cause' && first !== undefined;
  const bystanders = believed ? bystandersOf(input, judged) : [];
  const spared = believed ? sparedChanges(input, judged) : [];

  const hypotheses = judged.map((suspect, index): Hypothesis => {
    const own = facts[index];
    const about = bystanders.find(({ name, isConsequence }) => name === suspect.component.name && isConsequence);
    const decoys = index === 0 ? spared.map((one) => `${capital(words.spared(one, at))}.`) : [];
    return {
      rank: index + 1,
      component: suspect.component,
      fault: suspect.fault,
      change_id: suspect.changeId,
      indicator: own?.indicator ?? suspect.fault,
      onset: instant(own?.onset ?? null),
      score: rounded(suspect.score, 4),
      confidence: rounded(suspect.confidence, 4),
      summary: [own === undefined ? '' : words.hypothesis(own, at), ...(about === undefined || own?.sameAs !== null ? [] : [words.bystander(about, first?.component.name ?? '')]), ...decoys].join(' '),
      evidence: suspect.supports.slice(0, MAX_EVIDENCE).map((finding) => evidence.cite(finding)),
      contradictions: suspect.contradictions.slice(0, MAX_EVIDENCE).map((finding) => evidence.cite(finding)),
    };
  });

  const summary = (): string => {
    if (verdict === 'no_incident') return words.noIncident(input.refuted);
    if (first === undefined || !believed) return words.inconclusive(first ?? null, at);
    const followers = new Set(bystanders.filter(({ isConsequence }) => isConsequence).map(({ name }) => name));
    const rival = facts.find(({ component }) => component.name !== first.component.name && !followers.has(component.name));
    const affected = input.affected.filter((name) => name !== first.component.name);
    return words.rootCause({ at, first, bystanders, affected, runnerUp: rival !== undefined && rival.confidence >= RIVAL * 100 ? rival : null, spared });
  };

  const cited = bystanders.filter((one) => one.isConsequence || one.sign.strength >= CLEAR_STRENGTH || one.sign.kind !== 'metric');
  const withEvidence = cited.map((one: Bystander) => Object.assign({ evidence: evidence.cite(one.sign) }, one));
  // What strays a little somewhere is within noise then, and hurts nobody.
  const visibly = verdict === 'no_incident' ? [] : input.affected;
  const services = [...new Set([...visibly, ...cited.filter(({ isConsequence }) => isConsequence).map(({ name }) => name)])].sort();
  return {
    schema: 'faultline.report/1',
    capsule_id: capsule.id,
    verdict,
    summary: summary(),
    hypotheses,
    evidence: evidence.items,
    gaps: input.gaps,
    impact: { services, summary: words.impact({ affected: services, blamed: believed ? first.component.name : null, bystanders: withEvidence }) },
    next_actions: actionsOf(first, capsule, words),
    queries: queriesOf(judged, capsule, words),
    log_patterns: input.logPatterns,
    timings_ms: { total: 0 },
    llm: null,
  };
};

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
