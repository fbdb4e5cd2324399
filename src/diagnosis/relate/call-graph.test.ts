import { expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import type { StringMap } from '../../domain/capsule.ts';
import { callGraphOf } from './call-graph.ts';

const calleesIn = (labels: StringMap): readonly string[] => {
  const metrics = [syntheticSeries({ name: 'pool_connections_in_use', labels, start: T0, intervalMs: MINUTE, samples: 5, level: 3 })];
  return [...callGraphOf(shopCapsule({ metrics, topology: [] })).callees].flatMap(([caller, callees]) => [...callees].map((callee) => `${caller}>${callee}`));
};

it('takes a service and its destination for a call, unless the destination measured it', () => {
  expect(calleesIn({ service: 'order', destination: 'order-db' })).toEqual(['order>order-db']);
  expect(calleesIn({ service: 'order', source: 'web', destination: 'order' })).toEqual(['web>order']);
  expect(calleesIn({ service: 'order', destination: 'order' })).toEqual([]);
  expect(calleesIn({ service: 'order', destination: 'cart', direction: 'inbound' })).toEqual([]);
});
