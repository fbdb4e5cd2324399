/** Why a sentence of a model was taken out. */
export const VIOLATIONS = [
  'no_citation', 'unknown_citation', 'foreign_citation', 'number', 'name', 'concept', 'markup', 'order', 'quotes_telemetry', 'certainty', 'too_long', 'no_sentence', 'language',
] as const;
export type Violation = (typeof VIOLATIONS)[number];

export interface RemovedSentence {
  /** Where it stood: `summary`, `impact`, `hypothesis 1`, `action 2`. */
  readonly field: string;
  readonly violation: Violation;
  /** What in it is not grounded: a number, a name; never the sentence, which may be an attacker's. */
  readonly detail: string;
}
