/** Findings that log statements testify to. */
import type { Finding } from '../../../domain/finding.ts';
import { fingerprint } from '../../../shared/hash.ts';
import type { Change } from './change.ts';
import type { Statement } from './statements.ts';
import { locationText } from './statements.ts';
import { externalHostOf, faultsOfStatement } from './statement-faults.ts';

const MAX_TEMPLATE_CHARS = 160;

/** Names a statement within its service. */
export const statementKey = ({ template, location }: Statement): string => (location === null ? template : `${locationText(location)} ${template}`);

const share = (hits: number, total: number): number => Math.round((1000 * hits) / Math.max(1, total)) / 1000;

export const statementFinding = ({ statement, service, pod, operation, contrast, shares, strength, onset }: Change, role: Finding['role']): Finding => {
  const template = statement.template.length > MAX_TEMPLATE_CHARS ? `${statement.template.slice(0, MAX_TEMPLATE_CHARS)}…` : statement.template;
  const level = statement.level === null ? '' : `${statement.level} `;
  const rose = contrast.surprise >= 0;
  return {
    id: `log:${service}:${fingerprint(`${operation ?? ''}\n${statementKey(statement)}`)}`,
    kind: 'log_pattern',
    component: { kind: 'service', name: service, pod, namespace: null, object_kind: null, source: null, destination: rose ? externalHostOf(statement) : null },
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
    observed: share(contrast.hits, contrast.total),
    expected: share(contrast.normalHits, contrast.normalTotal),
    samples: [statement.sample],
    ...(statement.frames.length === 0 ? {} : { frames: statement.frames }),
  };
};

/** The longest constant part of a template: what a line filter can look for. */
const longestLiteral = (template: string): string => {
  let longest = '';
  for (const part of template.split('<*>')) if (part.trim().length > longest.length) longest = part.trim();
  return longest.slice(0, 120);
};
