import { describe, expect, it } from 'vitest';
import { mineTemplates } from './mine.ts';
import { rowKey } from './row-key.ts';
import { tokenize } from './tokenize.ts';

const textsOf = (text: string): readonly string[] => rowKey(tokenize(text, [])).texts;

describe('names whose parts colons join', () => {
  it.each(['oven:heat:upper took long', 'oven:heat took long', 'oven:lib/doors took long', 'oven:#all took long'])('reads %s as one element and its words', (text) => {
    expect(textsOf(text)).toEqual(text.split(' '));
  });

  it.each([
    ['who speaks, with a blank behind the colon', 'oven: heat took long'],
    ['a label in a capital', 'Baker:kim took long'],
    ['a pair within a sentence', 'took baker:kim along'],
    ['a pair and its marks', 'oven:heat, took long'],
  ])('leaves %s', (_, text) => {
    expect(textsOf(text)).toContain(':');
  });

  it('makes timers of one statement one', () => {
    const names = ['oven', 'oven:heat', 'oven:heat:upper', 'dough:rest', 'dough:fold:first', 'shop:open', 'shop:lib/doors', 'shop'];
    const { templates } = mineTemplates(names.map((name) => ({ tokens: tokenize(`${name} Finished in 7ms`, []), count: 1 })));
    expect(templates).toEqual(['<*> Finished in <*>']);
  });
});
