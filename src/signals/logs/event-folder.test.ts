import { describe, expect, it } from 'vitest';
import { createLogEngine } from './engine.ts';
import { createMasker } from './mask/masker.ts';

const masker = createMasker();

/** First line and number of lines of every event. */
const eventsOf = (lines: readonly string[], chunk = Number.POSITIVE_INFINITY): [number, number][] => {
  const engine = createLogEngine({ masker, referenceMs: Date.UTC(2025, 2, 1), keepAssignments: true });
  const sink = engine.open('app.log');
  const bytes = Buffer.from(`${lines.join('\n')}\n`);
  for (let at = 0; at < bytes.length; at += chunk) sink.write(bytes.subarray(at, at + chunk));
  sink.end();
  engine.finish();
  return [...engine.assignments()].map(({ line, lines: count }) => [line, count]);
};
const each = (lines: readonly string[]): [number, number][] => lines.map((_, i) => [i + 1, 1]);

const TIMED = '2025-02-01 14:05:01 INFO cart opened';
const WORDS = ['amber', 'birch', 'cedar', 'delta', 'ember'];
const plain = (count: number): string[] => Array.from({ length: count }, (_, i) => `carrier ${WORDS[i % WORDS.length] ?? ''} took parcel ${i}`);

describe('lines to events', () => {
  it.each([
    ['a level', 'WARNING: shelf 5 is low'],
    ['a level in brackets', '[ERROR] shelf 5 is empty'],
    ['an object', '{"msg":"shelf 5 is low","level":"warn"}'],
    ['seconds since the start', '[   12.345678] shelf 5 is low'],
    ['a number that could be a time', 'SHELF reading done 1738418701 units'],
  ])('does not fold plain lines behind one that begins with %s and has no time', (_, line) => {
    const lines = [...plain(3), line, ...plain(3)];
    expect(eventsOf(lines)).toEqual(each(lines));
  });

  it('folds them behind a line with a time', () => {
    expect(eventsOf([TIMED, ...plain(3), TIMED, ...plain(2)])).toEqual([[1, 4], [5, 3]]);
  });

  it('does not where lines with a time are a small minority, however the bytes come', () => {
    const lines = Array.from({ length: 30 }, () => [...plain(40), TIMED]).flat();
    expect(eventsOf(lines)).toEqual(each(lines));
    expect(eventsOf(lines, 7)).toEqual(each(lines));
  });

  it('folds long tails where most lines have a time', () => {
    const lines = [...Array.from({ length: 20 }, () => TIMED), ...plain(150), TIMED];
    expect(eventsOf(lines).slice(-2)).toEqual([[20, 151], [171, 1]]);
  });

  it('folds a trace behind a level without a time', () => {
    const lines = ['ERROR: cart 5 lost', 'java.lang.IllegalStateException: closed', '\tat com.acme.Cart.load(Cart.java:9)', 'Caused by: java.io.IOException: gone', 'all is well again'];
    expect(eventsOf(lines)).toEqual([[1, 4], [5, 1]]);
  });

  it.each([
    ['a frame', 'something failed', '\tat com.acme.Cart.load(Cart.java:9)'],
    ['a place', 'main.total(0x0)', '\t/srv/cart.go:42 +0x1d'],
    ['a cause', 'something failed', 'Caused by: java.io.IOException: gone'],
    ['a bracket that closes', 'something failed', '}'],
    ['what a colon announces', 'settings are:', '  port 5'],
    ['what a bracket opens', 'settings {', '  "port": 5'],
  ])('folds %s behind a plain line', (_, first, second) => {
    expect(eventsOf(['one line', first, second])).toEqual([[1, 1], [2, 2]]);
  });

  it('takes an indented text for a line of its own behind a plain line, and for more of the event behind a header', () => {
    expect(eventsOf(['one line', '  61 shelves counted', '  5 shelves empty'])).toEqual([[1, 1], [2, 1], [3, 1]]);
    expect(eventsOf([TIMED, '  61 shelves counted', '  5 shelves empty'])).toEqual([[1, 3]]);
  });

  it('shows of a long run of frames the first and those of own code', () => {
    const engine = createLogEngine({ masker, referenceMs: Date.UTC(2025, 2, 1) });
    const sink = engine.open('app.log');
    const frames = [...Array.from({ length: 20 }, (_, i) => `\tat java.base/java.util.Stream.step${'abcdefghijklmnopqrst'[i] ?? ''}(Stream.java:${i})`), '\tat com.acme.Cart.load(Cart.java:9)'];
    sink.write(Buffer.from([`${TIMED} twice`, 'com.acme.CartException: gone', ...frames, 'Caused by: java.io.IOException: closed', ...frames, ''].join('\n')));
    sink.end();
    const { patterns, exceptions } = engine.finish();
    const sample = patterns[0]?.samples[0]?.text.split('\n') ?? [];
    expect(sample).toEqual([
      `${TIMED} twice`, 'com.acme.CartException: gone', frames[0], '\t... 19 common frames omitted', frames[20],
      'Caused by: java.io.IOException: closed', frames[0], '\t... 19 common frames omitted', frames[20],
    ]);
    expect(exceptions).toMatchObject([{ types: ['com.acme.CartException', 'java.io.IOException'], message: 'closed', frames: ['com.acme.Cart.load', 'com.acme.Cart.load'] }]);
  });
});
