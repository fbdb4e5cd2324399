import { expect, it } from 'vitest';
import { exonerated } from './exonerate.ts';
import type { SeenSign } from './telemetry-signs.ts';

const SCHEMA: SeenSign = { sign: 'schema', certainty: 0.85, onset: 0, shownBy: 'Unrecognized field "glaze_id"' };
const TIMEOUT: SeenSign = { ...SCHEMA, sign: 'timeout', shownBy: 'read timed out' };
const COUNTED: SeenSign = { ...SCHEMA, isAbrupt: true, shownBy: 'rejected_total' };

it('a migration that only adds is innocent of what begins after it is done, unless an error names what it added', () => {
  const additive = { settledAt: 100, isAmount: false };
  expect(exonerated(additive, { onset: 101, signs: [], isExact: false })).toBeLessThan(0.5);
  expect(exonerated(additive, { onset: 99, signs: [], isExact: false })).toBe(1);
  expect(exonerated(additive, { onset: null, signs: [], isExact: false })).toBe(1);
  expect(exonerated(additive, { onset: 101, signs: [], isExact: true })).toBe(1);
});

it('an edit of an amount is innocent where texts tell of data of another shape, and only there', () => {
  const amount = { settledAt: null, isAmount: true };
  expect(exonerated(amount, { onset: 1, signs: [TIMEOUT, SCHEMA], isExact: false })).toBeLessThan(0.5);
  expect(exonerated(amount, { onset: 1, signs: [TIMEOUT], isExact: false })).toBe(1);
  expect(exonerated(amount, { onset: 1, signs: [COUNTED], isExact: false })).toBe(1);
  expect(exonerated(amount, { onset: 1, signs: [{ ...SCHEMA, certainty: 0.3 }], isExact: false })).toBe(1);
  expect(exonerated({ ...amount, isAmount: false }, { onset: 1, signs: [SCHEMA], isExact: false })).toBe(1);
});
