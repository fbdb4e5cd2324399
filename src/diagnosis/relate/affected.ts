/** Who visibly suffers: services with excess latency or failures, whatever the cause. */
import type { Finding } from '../../domain/finding.ts';
import type { Health } from './health.ts';

const MIN_STRENGTH = 4;

export const affectedServices = (all: ReadonlyMap<string, Health>, findings: readonly Finding[]): readonly string[] => {
  const names = new Set<string>();
  for (const health of all.values()) {
    if (health.kind === 'node') continue;
    const worst = Math.max(0, health.errors?.strength ?? 0, ...[...health.latency.values()].map((excess) => excess.strength));
    if (worst >= MIN_STRENGTH) names.add(health.name);
  }
  for (const finding of findings) if (finding.role === 'symptom' && finding.component.kind === 'service') names.add(finding.component.name);
  return [...names].sort();
};
