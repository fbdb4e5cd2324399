import { describe, expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { FAULT_AT, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import { analyzeMetrics } from '../../signals/metrics/analyze-metrics.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import type { Clue } from './clue.ts';
import { withNeighbours } from './neighbours.ts';

const cpu = (labels: Readonly<Record<string, string>>, isBusy: boolean) => syntheticSeries({ name: 'cpu_utilization', labels: { ...labels, unit: 'ratio' }, start: T0, intervalMs: MINUTE, samples: 80, level: 0.3, noise: 0.02, shift: { at: FAULT_AT, to: isBusy ? 0.97 : 0.3 } });
const SERVICES = ['web', 'cart', 'order', 'pay'];
const told = (busyHere: readonly string[], busyElsewhere: readonly string[], isMachineBusy = true): readonly Clue[] => {
  const pods = SERVICES.flatMap((service) => [cpu({ service, pod: `${service}-a`, node: 'rack-1' }, busyHere.includes(service)), cpu({ service, pod: `${service}-b`, node: 'rack-2' }, busyElsewhere.includes(service))]);
  const own: Clue = { component: componentOf('service', 'web'), fault: 'cpu', points: 4, findings: [], leading: true, topic: 'resource' };
  return withNeighbours([own], analyzeMetrics(shopCapsule({ metrics: [...pods, cpu({ node: 'rack-1' }, isMachineBusy), cpu({ node: 'rack-2' }, false)] })));
};
const pointsOf = (clues: readonly Clue[]): readonly string[] => clues.map(({ component: { kind, name }, points }) => `${kind} ${name} ${points > 3 ? 'convinces' : 'hints'}`);

describe('withNeighbours', () => {
  it('accuses a full machine whose pods are busy while those of the same services elsewhere are not', () => {
    expect(pointsOf(told(['web', 'cart', 'order'], []))).toEqual(['service web hints', 'node rack-1 convinces']);
  });

  it('leaves it with the services where their pods are busy everywhere, where few are, and where the machine has room', () => {
    for (const clues of [told(SERVICES, SERVICES), told(['web', 'cart'], []), told(['web', 'cart', 'order'], [], false)]) expect(pointsOf(clues)).toEqual(['service web convinces']);
  });
});
