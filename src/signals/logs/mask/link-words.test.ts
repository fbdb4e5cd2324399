import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LINK, linkEnd } from './link-words.ts';

/** What the expression alone says, which most texts are spared. */
const bySlowWay = (text: string, end: number): number => {
  LINK.lastIndex = end;
  LINK.test(text);
  return LINK.lastIndex;
};

test.each([
  ['password is "hunter2"', 'password is "'],
  ['token reset to (abc', 'token reset to ('],
  ['code (6): 123456', 'code (6): '],
  ['secret for kim@host: abc', 'secret for kim@host: '],
  ['key   [abc', 'key   ['],
  ['password', 'password'],
  ['key: x', 'key: '],
  ['pin no. 1234', 'pin no. '],
])('%s', (text, upToValue) => {
  const end = /^\w+/.exec(text)?.[0].length ?? 0;
  expect(linkEnd(text, end)).toBe(upToValue.length);
});

test('is what the expression says', () => {
  const piece = fc.constantFrom('password', ' ', '"', '(', '[', '\\', "'", 'is', 'IS', 'for', 'the user', 'kim', ':', '=', 'to', 'set', 'reset to', 'no.', '7', '(7)', 'issues', 'generated', '\t', '\n', 'abc', 'XOAUTH2');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = `key${pieces.join('')}`;
      expect(linkEnd(text, 3)).toBe(bySlowWay(text, 3));
    }),
    { numRuns: 2_000 },
  );
});
