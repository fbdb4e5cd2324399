/** Findings that log statements testify to. */
import type { Finding } from '../../../domain/finding.ts';
import type { EpochMs } from '../../../domain/time.ts';
import { fingerprint } from '../../../shared/hash.ts';
import type { Statement } from './statements.ts';
import { faultsOfStatement } from './statement-faults.ts';

const MAX_TEMPLATE_CHARS = 160;

export interface StatementFindingFields {
  readonly statement: Statement;
  readonly service: string;
  readonly pod: string | null;
  /** Operation in which it was counted; null where it was counted over time. */
  readonly operation: string | null;
  readonly rose: boolean;
  readonly role: Finding['role'];
  readonly strength: number;
  readonly onset: EpochMs | null;
  /** Completes "… in <shares>", e.g. `in 16 of 16 runs of "GET /order", normally in 0 of 10`. */
  readonly shares: string;
  readonly observed: number;
  readonly expected: number;
}

export const statementFinding = (fields: StatementFindingFields): Finding => {
  const { statement, service, pod, operation, rose, role, strength, onset, shares } = fields;
  const template = statement.template.length > MAX_TEMPLATE_CHARS ? `${statement.template.slice(0, MAX_TEMPLATE_CHARS)}…` : statement.template;
  const level = statement.level === null ? '' : `${statement.level} `;
  return {
    id: `log:${service}:${fingerprint(`${operation ?? ''}\n${statement.template}`)}`,
    kind: 'log_pattern',
    component: { kind: 'service', name: service, pod, namespace: null, object_kind: null, source: null, destination: null },
    faults: faultsOfStatement(statement, rose),
    role,
    strength: Math.round(strength * 1000) / 1000,
    onset,
    end: null,
    window: null,
    changeId: null,
    indicator: template,
    summary: `${service} ${rose ? 'writes' : 'no longer writes'} ${level}"${template}" ${shares}.`,
    query: `{service_name=${JSON.stringify(service)}} |= ${JSON.stringify(longestLiteral(statement.template))}`,
    observed: fields.observed,
    expected: fields.expected,
    samples: [statement.sample],
  };
};

/** The longest constant part of a template: what a line filter can look for. */
const longestLiteral = (template: string): string => {
  let longest = '';
  for (const part of template.split('<*>')) if (part.trim().length > longest.length) longest = part.trim();
  return longest.slice(0, 120);
};
