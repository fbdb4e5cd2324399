/** Log statements that changed, those of the first hypotheses before the rest. */
import type { Finding } from '../../domain/finding.ts';
import type { Report } from '../../domain/report.ts';
import { MAX_PATTERNS, type PatternRow } from '../../domain/report-view.ts';
import type { Cited } from './cited-findings.ts';

const numberOf = (value: number | string | null): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

const rowOf = (finding: Finding, evidence: string | null): PatternRow => ({
  evidence,
  service: finding.component.name,
  pattern: finding.indicator,
  onset: finding.onset,
  observed: numberOf(finding.observed),
  expected: numberOf(finding.expected),
  sample: finding.samples[0] ?? null,
});

export interface PatternRows {
  readonly rows: readonly PatternRow[];
  readonly left: number;
}

export const patternRows = (report: Report, findings: readonly Finding[], cited: ReadonlyMap<string, Cited>): PatternRows => {
  const evidenceOf = new Map<string, string>();
  for (const { evidence, indicator } of cited.values()) if (evidence.kind === 'log_pattern') evidenceOf.set(JSON.stringify([evidence.service, indicator, evidence.query]), evidence.id);
  const order = new Map(report.evidence.map(({ id }, index) => [id, index]));
  const patterns = findings.filter(({ kind }) => kind === 'log_pattern');
  const rows = patterns.map((finding) => {
    const evidence = evidenceOf.get(JSON.stringify([finding.component.name, finding.indicator, finding.query])) ?? null;
    return { finding, evidence, place: evidence === null ? Number.MAX_SAFE_INTEGER : (order.get(evidence) ?? 0) };
  });
  rows.sort((a, b) => a.place - b.place || b.finding.strength - a.finding.strength || (a.finding.id < b.finding.id ? -1 : 1));
  const shown = rows.slice(0, MAX_PATTERNS);
  return { rows: shown.map(({ finding, evidence }) => rowOf(finding, evidence)), left: rows.length - shown.length };
};
