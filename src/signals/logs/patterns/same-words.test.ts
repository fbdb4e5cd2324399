import { describe, expect, it } from 'vitest';
import { mineTemplates } from './mine.ts';
import { tokenize } from './tokenize.ts';

const templatesOf = (lines: readonly string[]): readonly string[] => mineTemplates(lines.map((line) => ({ tokens: tokenize(line), count: 1 }))).templates;

describe('statements of the same words', () => {
  it.each([
    ['a value that some begin with', ['kiln 7 door is shut', 'kiln door is shut']],
    ['nothing in marks', ['tray sent, from=<>, side 4, stacked', 'tray sent, from=<a7@b.example>, side 4, stacked']],
    ['a value with more to it', ['tray fired, oven 9, by hand', 'tray fired, oven 9[10.0.0.5]:25, by hand']],
    ['a value behind the last word', ['tray left dock at 9', 'tray left dock at 9 [8]']],
    ['two places, one each', ['tray fired left= right= again', 'tray fired left=4 right= again', 'tray fired left=4 right=5 again']],
  ])('are one with %s', (_, lines) => {
    expect(templatesOf(lines)).toHaveLength(1);
    expect(templatesOf(lines.toReversed())).toEqual(templatesOf(lines));
  });

  it.each([
    ['another word', ['tray 7 left dock', 'tray left dock now']],
    ['another order', ['tray left dock 7', 'dock left tray']],
    ['one word', ['done 7', 'done']],
    ['two words and a value that only some have', ['tray left', 'tray left 7']],
    ['far more values', ['tray left dock', 'tray left dock (7) - 8 / x9 % [10]']],
    ['two places at once', ['tray fired left= right= again', 'tray fired left=4 right=5 again']],
  ])('are two with %s', (_, lines) => {
    expect(templatesOf(lines)).toHaveLength(2);
  });

  it('keep the words beside what varies', () => {
    expect(templatesOf(['kiln door is shut', '7 kiln door is shut'])).toEqual(['<*> kiln door is shut']);
    expect(templatesOf(['tray left dock now', 'tray left dock now 7'])).toEqual(['tray left dock now <*>']);
  });

  it('are one where each of a pair says which way', () => {
    expect(templatesOf(['crate 7 is incoming today', 'crate 8 is outgoing today'])).toEqual(['crate <*> is <*> today']);
  });
});

describe('a value of which a part is masked', () => {
  it('is one, as it is where nothing is masked', () => {
    const text = 'kiln edge-a/10.0.0.5:80 shut';
    const start = text.indexOf('10.');
    expect(tokenize(text, [{ start, end: start + 8 }])).toEqual(tokenize(text));
  });
});

describe('what all values begin or end with', () => {
  it('is the same in the template whatever line comes first', () => {
    const lines = ['kiln "fire" "./j.clay"', 'kiln "fire" "--dim" "bad"', 'kiln "fire" "--dry-run" "loam"', 'kiln "fire" "--no-shelves" "es5-clay"'];
    expect(templatesOf(lines.toReversed())).toEqual(templatesOf(lines));
  });
});
