/** Findings that spans testify to. */
import type { Finding } from '../../domain/finding.ts';
import type { EpochMs } from '../../domain/time.ts';

export interface TraceFindingFields {
  readonly id: string;
  readonly service: string;
  readonly pod: string | null;
  readonly source?: string;
  readonly destination?: string;
  readonly faults: Finding['faults'];
  readonly role: Finding['role'];
  readonly strength: number;
  readonly onset: EpochMs | null;
  readonly indicator: string;
  readonly summary: string;
  readonly observed: number | string;
  readonly expected: number | string;
  readonly samples?: readonly string[];
}

export const traceFinding = (fields: TraceFindingFields): Finding => ({
  id: fields.id,
  kind: 'trace',
  component: {
    kind: 'service',
    name: fields.service,
    pod: fields.pod,
    namespace: null,
    object_kind: null,
    source: fields.source ?? null,
    destination: fields.destination ?? null,
  },
  faults: fields.faults,
  role: fields.role,
  strength: Math.round(fields.strength * 1000) / 1000,
  onset: fields.onset,
  end: null,
  window: null,
  changeId: null,
  indicator: fields.indicator,
  summary: fields.summary,
  query: `{ resource.service.name = ${JSON.stringify(fields.service)} }`,
  observed: fields.observed,
  expected: fields.expected,
  samples: fields.samples ?? [],
});
