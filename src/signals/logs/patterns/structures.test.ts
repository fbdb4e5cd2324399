import { describe, expect, it } from 'vitest';
import { mineTemplates } from './mine.ts';
import { tokenize } from './tokenize.ts';

const templatesOf = (lines: readonly string[]): readonly string[] => mineTemplates(lines.map((line) => ({ tokens: tokenize(line), count: 1 }))).templates;

describe('printed structures', () => {
  const lines = ['kiln took order (glaze=red)', 'kiln took order (glaze=red, trays=[a, [b, c]])', 'kiln took order (to=None, who=<Potter at 4>, glaze=red)'];

  it('are one value where they come in several shapes', () => {
    expect(templatesOf(lines)).toEqual(['kiln took order <*>']);
    expect(templatesOf(lines.toReversed())).toEqual(['kiln took order <*>']);
  });

  it('are one value in two contents of one layout', () => {
    expect(templatesOf(['kiln took order (glaze, red, dim: slow)', 'kiln took order (glaze, red, dim: late)'])).toHaveLength(1);
  });

  it.each([
    ['never vary', ['kiln took order (glaze=red, who=ann)', 'kiln lost order (glaze=red, who=ann)']],
    ['are two of which one says more', ['kiln took order (glaze=red)', 'kiln took order (glaze=red, who=ann)']],
    ['stand beside a word only', ['order (glaze=red)', 'order (glaze=red, who=ann)', 'order (to=east, who=ann, tray=big)']],
    ['hold prose', ['kiln took order (the door is left open)', 'kiln took order (a tray was lost)']],
  ])('stay where they %s', (_, apart) => {
    expect(templatesOf(apart).length).toBeGreaterThan(1);
    expect(templatesOf(apart).some((template) => template.includes('order <*>'))).toBe(false);
  });
});

describe('texts in quotes', () => {
  it('go on behind an escaped quote, however long they are', () => {
    const long = Array.from({ length: 80 }, () => 'clay').join(' ');
    expect(templatesOf([String.raw`potter wrote: 'tray 4 ("kiln \'{bad\'") is lost'`, "potter wrote: 'tray 5'", `potter wrote: 'a ${long}'`])).toHaveLength(1);
  });
});

describe('paths with brackets', () => {
  it('are one value where a further step follows', () => {
    expect(tokenize('/Rack[main]/Slot/Tray[east] moved')).toEqual(['<*>', '[', 'east', ']', ' moved']);
    expect(tokenize('/rack[main] moved')).toEqual(['<*>', '[', 'main', ']', ' moved']);
    expect(tokenize('/rack[main moved/x] up')[0]).toBe('<*>');
  });
});

describe('a level in small letters that begins messages', () => {
  it('is no word of the statement that agrees', () => {
    const words = ['cwd', 'glaze', 'tray', 'clay', 'shelf', 'lid'];
    expect(templatesOf(words.map((word, i) => `verbose ${word} ${i}`))).toHaveLength(words.length);
  });
});
