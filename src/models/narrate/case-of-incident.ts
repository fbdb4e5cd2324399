/** An incident of a digest ► what the narrator may know. */
import type { ChainStep, Digest, DigestPattern, LogIncident } from '../../domain/digest.ts';
import { isErrorLevel } from '../../domain/severity.ts';
import type { EvidenceEntry } from '../pack/evidence-entry.ts';
import type { NarrationCase } from './narration-case.ts';

const RARE = 5;
const CERTAIN = 0.9;

const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`;

const patternsOf = (digest: Digest): ReadonlyMap<string, DigestPattern> => {
  const { patterns } = digest;
  return new Map([...patterns.new, ...patterns.growing, ...patterns.gone, ...patterns.ongoing].map((pattern) => [pattern.id, pattern]));
};

/** Surprise of one event of this pattern among the period's events, in bits. */
const surprise = (count: number, events: number): number => Math.log2(Math.max(2, events) / Math.max(1, Math.min(count, events)));

/** Where it was seen and how bad it is, as far as the pattern tells. */
const placeOf = ({ services, severity }: DigestPattern): string => `${services.length === 0 ? '' : ` in ${services.slice(0, 5).join(', ')}`}${severity === null ? '' : `, level ${severity}`}`;

const stepEntry = (step: ChainStep, index: number, pattern: DigestPattern | undefined, events: number): EvidenceEntry => {
  const isError = pattern === undefined || isErrorLevel(pattern.severity);
  return {
    ref: step.pattern,
    statement: `Step ${index + 1} at ${step.at}, ${step.count} times${pattern === undefined ? '' : placeOf(pattern)}: ${step.summary}`,
    telemetry: pattern === undefined ? [] : [pattern.template],
    bits: surprise(step.count, events) + (index === 0 ? 8 : 0),
    required: index === 0 || (isError && step.count <= RARE),
  };
};

const factsEntry = (incident: LogIncident): EvidenceEntry => ({
  ref: 'facts',
  statement: `Incident ${incident.title}, severity ${incident.severity}, from ${incident.start} to ${incident.end}. ${incident.summary} ${incident.impact}${incident.services.length === 0 ? '' : ` Services (${incident.services.length}): ${incident.services.join(', ')}.`}${incident.error_codes.length === 0 ? '' : ` Codes: ${incident.error_codes.join(', ')}.`}`,
  telemetry: [],
  bits: 30,
  required: true,
});

export const caseOfIncident = (incident: LogIncident, digest: Digest): NarrationCase => {
  const patterns = patternsOf(digest);
  const hypotheses = incident.hypotheses.map((hypothesis, index) => ({ ...hypothesis, rank: index + 1 }));
  return {
    incident: incident.fingerprint,
    entries: [
      factsEntry(incident),
      ...hypotheses.map((hypothesis): EvidenceEntry => ({
        ref: `H${hypothesis.rank}`,
        statement: `Hypothesis of rank ${hypothesis.rank}, confidence ${percent(hypothesis.confidence)}${hypothesis.uncertain ? ', uncertain' : ''}: ${hypothesis.summary}`,
        telemetry: [],
        bits: 20 - hypothesis.rank,
        required: hypothesis.rank <= 3,
      })),
      ...incident.chain.map((step, index) => stepEntry(step, index, patterns.get(step.pattern), digest.events)),
    ],
    hypotheses: hypotheses.slice(0, 3).map(({ rank, confidence, uncertain, evidence }) => ({
      rank, refs: [`H${rank}`, ...evidence], label: `confidence ${percent(confidence)}${uncertain ? ', uncertain' : ''}`,
    })),
    actions: incident.next_actions,
    mayBeCertain: (hypotheses[0]?.confidence ?? 0) >= CERTAIN,
  };
};
