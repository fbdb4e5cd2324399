import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from '../patterns/tokenize.ts';
import { leadingColumns } from './leading-columns.ts';
import type { CountedRow } from './round.ts';

const MESSAGES = [
  'cart loaded', 'connection to store refused', 'retry gives up', 'lease is lost', 'worker stops', 'cache was emptied', 'queue is full now',
  'session of user expired', 'index rebuilt', 'shutdown begins',
];

/** One row a distinct text, counted. */
const rowsOf = (texts: readonly string[]): CountedRow[] => {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => ({ tokens: tokenize(text, []), count }));
};
const crossed = (prefixes: readonly string[]): string[] => MESSAGES.flatMap((message) => prefixes.map((prefix) => prefix + message));
/** What is left of each row, sorted. */
const messagesOf = (rows: readonly CountedRow[]): string[] => {
  const columns = leadingColumns(rows);
  return [...new Set(rows.map(({ tokens }, i) => tokens.slice(columns[i]).join('').trim()))].sort();
};
const WHOLE = [...MESSAGES].sort();

describe('leadingColumns', () => {
  it.each([
    ['a word', ['alpha ', 'beta ', 'gamma ']],
    ['a word with a colon', ['store: ', 'http: ']],
    ['names with and without digits, two in a row', ['web3 store ', 'web3 http ', 'alpha store ', 'beta http ']],
    ['a word in brackets, sometimes', ['', '[slow] ', '[cold] ']],
    ['the same words, sometimes', ['', 'tenant=acme ']],
    ['an id, sometimes', ['', 'req-7 ']],
    ['two words', ['store alpha ', 'http alpha ', 'store beta ', 'http beta ']],
    ['a span with blanks, sometimes', ['load{cart=5 user=a}: ', 'save{cart=5 user=b}: ', '']],
    ['a word and an arrow', ['store > ', 'http > ']],
    ['a mark', ['✔ ', '✖ ']],
    ['a word and a part of it', ['store/io ', 'store/net ', 'http/io ']],
    ['a pair, sometimes', ['user=ann ', 'user=bob ', '']],
    ['an id that all have, and a pair that some have', ['op=5f0a1 ', 'op=5f0a1 user=ann ', 'op=5f0a1 user=bob ']],
    ['a group with a label, sometimes', ['', '[peer 10.0.0.5:80] ']],
  ])('finds %s', (_, prefixes) => {
    expect(messagesOf(rowsOf(crossed(prefixes)))).toEqual(WHOLE);
  });

  it('leaves the first word of a text that stands in front of nothing else', () => {
    const own = ['Saved all carts of today', 'Skipping cart of guest', 'Preparing shelf space:'];
    const rows = rowsOf([...crossed(['alpha ', 'beta ', 'gamma ']), ...own]);
    expect(messagesOf(rows)).toEqual([...WHOLE, ...own].sort());
  });

  it('leaves words that belong to their messages', () => {
    const verbs = ['opened', 'closed', 'found', 'lost', 'sent', 'read', 'kept', 'took'];
    const rows = rowsOf(verbs.flatMap((verb) => [`${verb} file of ${verb} kind`, `${verb} file of ${verb} kind`, `${verb} cart`]));
    expect([...leadingColumns(rows)].every((columns) => columns === 0)).toBe(true);
  });

  it('finds a module in front of every message, though each logs its own', () => {
    const all = MESSAGES.flatMap((message) => [message, `${message} again`]);
    expect(messagesOf(rowsOf(all.map((message, i) => `m${'abcdefghij'[i % 10] ?? ''}: ${message}`)))).toEqual([...all].sort());
  });

  it('leaves a module that only some messages have, and each its own', () => {
    const modules = MESSAGES.flatMap((message, i) => [`m${'abcdefghij'[i] ?? ''}: ${message}`, `m${'abcdefghij'[i] ?? ''}: ${message} again`]);
    const rows = rowsOf([...modules, ...MESSAGES.slice(0, 3).map((message) => `then ${message}`)]);
    expect([...leadingColumns(rows)].every((columns) => columns === 0)).toBe(true);
  });

  it('finds a group in brackets though most of what follows is written once', () => {
    const once = ['alpha', 'beta', 'gamma', 'delta', 'omega', 'sigma', 'kappa', 'theta', 'lambda', 'iota', 'zeta', 'eta', 'rho', 'tau', 'phi'];
    const rows = rowsOf([...crossed(['', '[peer 10.0.0.5:80] ']), ...once.flatMap((word) => Array<string>(2).fill(`[peer 10.0.0.5:80] variable ${word} is unset`))]);
    expect(messagesOf(rows)).toEqual([...MESSAGES, ...once.map((word) => `variable ${word} is unset`)].sort());
  });

  it('leaves commands whose arguments cross', () => {
    const words = ['alpha', 'beta', 'gamma', 'delta', 'omega', 'sigma', 'kappa', 'theta'];
    const rows = rowsOf(words.flatMap((word) => ['run tests', 'run checks', 'build image', 'push image'].flatMap((command) => [`${command} ${word}`, `${command} ${word}`, `${command} 5 (5 s)`])));
    expect([...leadingColumns(rows)].every((columns) => columns === 0)).toBe(true);
  });

  it('leaves names in front of sentences', () => {
    const names = ['maple', 'clover', 'umber', 'juniper'];
    const sentences = ['Client X throttled by quota', 'Client X left the group', 'Node X joined the ring', 'Node X is down', 'Topic X was created', 'Topic X is gone', 'Lease X expired', 'Lease X was taken'];
    const rows = rowsOf(sentences.flatMap((sentence) => names.flatMap((name) => [sentence.replace('X', name), sentence.replace('X', name)])));
    expect([...leadingColumns(rows)].every((columns) => columns === 0)).toBe(true);
  });

  const module = (text: string): string => `${['store', 'http', 'index', 'auth'][text.length % 4] ?? ''} `;

  it.each([
    ['with other values', ['[ann] ', '[bob] ']],
    ['or without', ['[ann] ', '']],
    ['that may be empty', ['{user=ann} ', '{} ']],
  ])('finds a module that logs its own texts in front of a group %s', (_, groups) => {
    expect(messagesOf(rowsOf(MESSAGES.flatMap((message) => groups.map((group) => module(message) + group + message))))).toEqual(WHOLE);
  });

  it('leaves a name in front of a group that its texts never come without', () => {
    const rows = rowsOf(MESSAGES.flatMap((message) => Array<string>(2).fill(`${module(message)}[ann] ${message}`)));
    expect([...leadingColumns(rows)].every((columns) => columns === 0)).toBe(true);
  });

  it('leaves a key whose values are words: they say what happens', () => {
    const rows = rowsOf(MESSAGES.flatMap((message, i) => Array<string>(2).fill(`event=${'abcdefghij'[i] ?? ''}x ${message}`)));
    expect([...leadingColumns(rows)].every((columns) => columns === 0)).toBe(true);
  });

  it('judges each long stream by itself', () => {
    const names = ['alpha', 'beta', 'gamma', 'delta', 'omega'];
    const inStream = (stream: string, texts: readonly string[]): CountedRow[] => rowsOf(texts).map((row) => ({ ...row, stream }));
    const own = inStream('a', names.flatMap((name) => MESSAGES.map((message) => `${name} ${message}`)));
    const plain = inStream('b', names.flatMap((name) => ['opened by', 'closed by', 'owned by', 'sent to', 'kept for', 'lost by', 'read by', 'named for', 'made by', 'left to'].map((verb) => `cart ${verb} ${name} today`)));
    expect(messagesOf([...own, ...plain])).toEqual([...WHOLE, ...plain.map(({ tokens }) => tokens.join(''))].sort());
  });

  it('knows the columns of a rotated file by those of the longer one', () => {
    const names = ['alpha ', 'beta ', 'gamma ', 'delta ', 'omega ', 'theta '];
    const rare = Array.from({ length: 60 }, (_, i) => `${names[i % 6] ?? ''}${'abcdefghij'[i % 10] ?? ''}${'klmnop'[Math.floor(i / 10)] ?? ''} was seen once`);
    const rows = [...rowsOf(crossed(names)).map((row) => ({ ...row, stream: 'app.log' })), ...rowsOf(rare).map((row) => ({ ...row, stream: 'app.log.1' }))];
    const alone = messagesOf(rows.filter(({ stream }) => stream === 'app.log.1'));
    expect(alone.every((message) => names.some((name) => message.startsWith(name)))).toBe(true);
    expect(messagesOf(rows).filter((message) => names.some((name) => message.startsWith(name.trim())))).toEqual([]);
  });

  it('does not depend on the order of rows', () => {
    const rows = rowsOf([...crossed(['alpha: ', 'beta: ', '']), 'opened cart', 'closed cart']);
    const columns = leadingColumns(rows);
    fc.assert(
      fc.property(fc.shuffledSubarray(rows.map((_, i) => i), { minLength: rows.length }), (order) => {
        const other = leadingColumns(order.map((i) => rows[i] ?? { tokens: [], count: 0 }));
        expect([...other]).toEqual(order.map((i) => columns[i]));
      }),
      { numRuns: 30 },
    );
  });

  it('costs time in proportion to the rows', () => {
    const rows = Array.from({ length: 4_000 }, (_, i) => ({ tokens: Array.from({ length: 200 }, (__, j) => ` w${'abcdefgh'[(i + j) % 8] ?? ''}`), count: 2 }));
    const begin = performance.now();
    leadingColumns(rows);
    expect(performance.now() - begin).toBeLessThan(5_000);
  });
});
