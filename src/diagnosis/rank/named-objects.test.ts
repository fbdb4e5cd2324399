import { expect, it } from 'vitest';
import { dottedIn, editedObjects } from './named-objects.ts';

it('finds an object whose two names stand on one changed line', () => {
  const named = dottedIn('ERROR: column kiln.glaze_code does not exist; see fire.py, call kiln.example and "oven"."heat"');
  expect(named).toEqual([['kiln', 'glaze_code'], ['oven', 'heat']]);
  expect(editedObjects(['ALTER TABLE kiln RENAME COLUMN glaze_code TO glaze;', 'heat INTEGER', 'FROM oven'], named)).toEqual(['kiln.glaze_code']);
  expect(editedObjects([], named)).toEqual([]);
});
