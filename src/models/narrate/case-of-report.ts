/** A capsule's report ► what the narrator may know. */
import type { Evidence, Hypothesis, Report } from '../../domain/report.ts';
import type { EvidenceEntry } from '../pack/evidence-entry.ts';
import type { NarrationCase } from './narration-case.ts';

/** Hypotheses that get words; further ones are told by rank alone. */
const MAX_HYPOTHESES = 3;
const CERTAIN = 0.9;
const RARE = 5;

const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`;

const componentText = ({ component }: Hypothesis): string =>
  [component.kind.replaceAll('_', ' '), component.name, component.pod, component.namespace, component.source === null ? null : `${component.source} to ${component.destination ?? '?'}`].filter((part) => part !== null && part !== '').join(' ');

const hypothesisEntry = (hypothesis: Hypothesis): EvidenceEntry => ({
  ref: `H${hypothesis.rank}`,
  statement: `Hypothesis of rank ${hypothesis.rank}: ${componentText(hypothesis)}, fault ${hypothesis.fault.replaceAll('_', ' ')}, confidence ${percent(hypothesis.confidence)}${hypothesis.onset === null ? '' : `, since ${hypothesis.onset}`}${hypothesis.change_id === null ? '' : `, change ${hypothesis.change_id}`}. ${hypothesis.summary}`,
  telemetry: [],
  bits: 20 - hypothesis.rank,
  required: hypothesis.rank <= MAX_HYPOTHESES,
});

/** An error pattern that was hardly ever seen tells more than one that fills the log. */
const isRarePattern = (evidence: Evidence): boolean => evidence.kind === 'log_pattern' && typeof evidence.observed === 'number' && evidence.observed <= RARE;

const valueText = (name: string, value: number | string | null): string => (value === null ? '' : `, ${name} ${String(value)}`);

const evidenceEntry = (evidence: Evidence, citedBy: ReadonlyMap<string, number>): EvidenceEntry => {
  const rank = citedBy.get(evidence.id) ?? MAX_HYPOTHESES + 1;
  const rare = isRarePattern(evidence);
  return {
    ref: evidence.id,
    statement: `${evidence.kind.replaceAll('_', ' ')}${evidence.service === null ? '' : ` of ${evidence.service}`}: ${evidence.summary}${valueText('observed', evidence.observed)}${valueText('expected', evidence.expected)}`,
    telemetry: evidence.samples,
    bits: 16 / rank + (rare ? 12 : 4),
    required: rank === 1 || rare,
  };
};

const factsEntry = (report: Report): EvidenceEntry => ({
  ref: 'facts',
  statement: `Verdict: ${report.verdict.replaceAll('_', ' ')}. ${report.impact.summary}${report.impact.services.length === 0 ? '' : ` Affected services (${report.impact.services.length}): ${report.impact.services.join(', ')}.`}`,
  telemetry: [],
  bits: 30,
  required: true,
});

export const caseOfReport = (report: Report): NarrationCase => {
  const told = report.hypotheses.slice(0, MAX_HYPOTHESES);
  const citedBy = new Map<string, number>();
  for (const { rank, evidence, contradictions } of told) for (const id of [...evidence, ...contradictions]) if (!citedBy.has(id)) citedBy.set(id, rank);
  return {
    incident: report.capsule_id,
    entries: [factsEntry(report), ...told.map(hypothesisEntry), ...report.evidence.map((evidence) => evidenceEntry(evidence, citedBy))],
    hypotheses: told.map((hypothesis) => ({
      rank: hypothesis.rank,
      refs: [`H${hypothesis.rank}`, ...hypothesis.evidence, ...hypothesis.contradictions],
      label: `confidence ${percent(hypothesis.confidence)}`,
    })),
    actions: report.next_actions,
    mayBeCertain: report.verdict === 'root_cause' && (told[0]?.confidence ?? 0) >= CERTAIN,
  };
};
