import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from '../patterns/tokenize.ts';
import { skipLayout } from './layout.ts';

const MESSAGES = [
  'cart 5 loaded', 'connection to store refused', 'retry gives up', 'lease 7 is lost', 'worker stops now', 'cache was emptied', 'queue is full now',
  'session of ann expired', 'index rebuilt in 5 ms', 'shutdown begins now', 'disk sda1 is slow', 'order 7 was sent', 'user bob left', 'GET /cart took 7 ms',
];

/** Each message behind one of the headers, or behind each. */
const headed = (headers: readonly string[]): string[] => MESSAGES.map((message, i) => `${headers[i % headers.length] ?? ''}${message}`);
const crossed = (headers: readonly string[]): string[] => headers.flatMap((header) => MESSAGES.map((message) => header + message));
const rowsOf = (texts: readonly string[]): { tokens: string[]; count: number }[] => texts.map((text) => ({ tokens: tokenize(text, []), count: 1 }));
const restsOf = (texts: readonly string[]): string[] => {
  const rows = rowsOf(texts);
  const skips = new Int32Array(rows.length);
  skipLayout(rows, skips);
  return rows.map(({ tokens }, i) => tokens.slice(skips[i]).join('').trim());
};
const WHOLE = rowsOf(MESSAGES).map(({ tokens }) => tokens.join(''));

describe('skipLayout', () => {
  it.each([
    ['a time that nobody knows, a host, a label', ['3-Maerz 14:05 alpha run 17: ', '3-Maerz 14:06 be-ta run 18: ', '3-Maerz 14:07 gamma run 19: ']],
    ['cells between bars, some of them empty', ['9f | 1.2.25 | 14:05 | ', 'abc | 1.2.25 | 14:05 | ', 'b1 | | 14:06 | ']],
    ['cells without blanks', ['140501|INFO |io-1|Cart.cc:7|', '140501|WARN |main|Cart.cc:9|', '140502|INFO |main||']],
    ['cells between semicolons', ['14:05;INFO;net;7;', '14:05;WARN;io;7;', '14:06;INFO;cpu;8;']],
    ['groups, and names with marks of any kind', ['[14:05:01] <io>:[7] store[8]: ', '[14:05:02] <net>:[9] http(x)[1]: ', '[14:05:03] <io>:[7] index: ']],
    ['pairs with values in quotes', ['day=5 box="fw a7" prio="notice" at=14:05 ', 'day=6 box="fw b7" prio="error" at=14:06 ']],
    ['a level among words', ['14:05 alpha INFO ', '14:05 beta WARN ', '14:06 gamma ERROR ']],
    ['a column of levels of which some are a program\'s own', ['1 verbose ', '2 lap ', '3 info ', '4 error ', '5 silly ']],
    ['nothing where others have a number', ['14:05 alpha - - ', '14:06 beta 17 - ', '14:06 beta 17 8 ']],
  ])('finds %s', (_, headers) => {
    expect(restsOf(headed(headers))).toEqual(WHOLE);
  });

  it('finds the layouts of two streams, and a column that stands in the place of another', () => {
    expect(restsOf(crossed(['14:05 [io-1] ', '14:05 trace=9f1 ']))).toEqual([...WHOLE, ...WHOLE]);
    expect(restsOf([...headed(['14:05:01 alpha INFO ', '14:05:02 beta WARN ']), ...headed(['[7] <io> ', '[8] <net> '])])).toEqual([...WHOLE, ...WHOLE]);
  });

  it.each([
    ['messages without header', MESSAGES],
    ['numbers that begin most messages, not nearly all', MESSAGES.map((message, i) => (i % 5 === 0 ? message : `${String(i)} ${message}`))],
    ['one statement with many values', ['ann', 'bob', 'eve', 'joe'].flatMap((name) => ['17', '18', '19', '20'].map((id) => `${id} carts of user ${name}`))],
    ['names of what happens', MESSAGES.map((message, i) => `event="${'abcdefghijklmn'.charAt(i)}x y" ${message}`)],
    ['few words at the head of which hardly any is a level', headed(['saved ', 'warning ', 'opened ', 'closed '])],
    ['too few lines', headed(['[7] ']).slice(0, 9)],
  ])('leaves %s', (_, texts) => {
    expect(restsOf(texts)).toEqual(rowsOf(texts).map(({ tokens }) => tokens.join('')));
  });

  it('does not depend on the order of rows', () => {
    const texts = [...headed(['14:05:01 alpha INFO ', '14:05:02 [beta] WARN ']), 'no header here', 'and none here'];
    const rests = restsOf(texts);
    fc.assert(
      fc.property(fc.shuffledSubarray(texts.map((_, i) => i), { minLength: texts.length }), (order) => {
        expect(restsOf(order.map((i) => texts[i] ?? ''))).toEqual(order.map((i) => rests[i]));
      }),
      { numRuns: 30 },
    );
  });
});
