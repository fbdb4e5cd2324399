import { describe, expect, it } from 'vitest';
import { rowKey } from './row-key.ts';
import { tokenize } from './tokenize.ts';

const textsOf = (text: string): string => rowKey(tokenize(text, [])).texts.join(' ');

describe('statements of SQL', () => {
  it.each([
    'statement: drop index orders_by_day;',
    'statement: grant usage on carts to clerk',
    'statement: begin; update carts set paid = true; commit',
    'statement: create trigger late after update on carts for each row execute function note()',
  ])('%s', (text) => {
    expect(textsOf(text)).toBe('statement : <*>');
  });

  it('takes any statement behind a noun that announces one', () => {
    expect(textsOf('took 7 ms query: vacuum analyze carts')).toBe('took <*> query : <*>');
  });

  it.each(['statement: nothing was sent', 'kernel: reset the card', 'query of carts: lock is held'])('leaves %s', (text) => {
    expect(textsOf(text)).toBe(text.replace(':', ' :'));
  });
});
