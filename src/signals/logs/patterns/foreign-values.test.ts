import { describe, expect, it } from 'vitest';
import { distinguishedNameEnd } from './distinguished-name.ts';
import { mineTemplates } from './mine.ts';
import { tokenize } from './tokenize.ts';

const wordsOf = (text: string): string[] => tokenize(text).map((token) => token.trimStart());
const nameIn = (text: string): string => wordsOf(text).slice(0, distinguishedNameEnd(wordsOf(text), 0)).join(' ');

const templatesOf = (messages: readonly string[]): readonly string[] => mineTemplates(messages.map((message) => ({ tokens: tokenize(message), count: 1 }))).templates;

describe('distinguishedNameEnd', () => {
  it.each([
    ['C=KR, O=Acme, CN=ann logs in', 'C = KR , O = Acme , CN = ann'],
    ['C=KR, O=Acme Carts, CN=ann', 'C = KR , O = Acme Carts , CN = ann'],
    ['O=Acme, CN=Acme Root CA] is known', 'O = Acme , CN = Acme Root CA'],
    ['C=KR logs in', ''],
    ['C=KR, x=5', ''],
    ['user=ann, O=Acme', ''],
    ['C=', ''],
  ])('%s: %j', (text, name) => {
    expect(nameIn(text)).toBe(name);
  });
});

describe('values of other syntaxes', () => {
  it.each([
    ['a name in a directory', ['cart of C=KR, O=Acme, CN=ann is full', 'cart of 10.0.0.5 is full', 'cart of O=Acme Carts, CN=bob is full']],
    ['a command line', ['packing failed (cd /srv && make carts -j 5)', 'packing failed (cd /srv/carts && exec env pack)']],
    ['a list of pairs with numbers', ['carts found: red:5, blue:7', 'carts found: blue:5, red:7, red:1', 'carts found: red:9, red:3, blue:8, blue:2, red:1']],
    ['SQL in small letters', ['store: insert into carts (id, what) values (?, ?)', "store: select nextval ('ids')", 'store: update carts set what=? where id=?', 'store: select c.id from carts c', 'store: delete from carts where id=?']],
    ['parts of names beside an arrow', ['shop:red', 'depot:blue', '7'].flatMap((from) => ['shop:ash', '5'].map((to) => `Copy of ${from} -> ${to} is done`))],
    ['brackets that the message begins with', ['red', 'a-1', 'b-2'].map((name) => `[${name}][5] took[7ms], found[5]`)],
  ])('are one statement: %s', (_, messages) => {
    expect(templatesOf(messages)).toHaveLength(1);
  });

  it('leaves prose with the words of SQL apart', () => {
    expect(templatesOf(['store: update was set aside', 'store: select a cart first', 'store: delete from the list, then retry'])).toHaveLength(3);
  });
});
