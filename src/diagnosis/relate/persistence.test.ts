import fc from 'fast-check';
import { expect, it } from 'vitest';
import { persistenceOf } from './persistence.ts';

it('a few samples against a few convince less than against many', () => {
  expect(persistenceOf(3, 200)).toBe(1);
  expect(persistenceOf(3, 3)).toBeLessThan(0.6);
  expect(persistenceOf(1, 200)).toBeLessThan(persistenceOf(2, 200));
});

it('is a share that grows with both', () => {
  fc.assert(fc.property(fc.nat(500), fc.nat(5000), (samples, normal) => {
    const here = persistenceOf(samples, normal);
    expect(here).toBeGreaterThanOrEqual(0);
    expect(here).toBeLessThanOrEqual(1);
    expect(persistenceOf(samples + 1, normal)).toBeGreaterThanOrEqual(here);
    expect(persistenceOf(samples, normal + 1)).toBeGreaterThanOrEqual(here);
  }), { seed: 5 });
});
