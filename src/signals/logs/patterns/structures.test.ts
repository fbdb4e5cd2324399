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

describe('calls', () => {
  it('are one value where names and arguments vary', () => {
    const lines = ["oven got call fire(cone='six', slow=False) [from:None tray:None]", "oven got call stop() [from:{'shelf': 'top', 'side': 'left'} tray:9]", 'oven got call cool(to=None) [from:None tray:None]'];
    expect(templatesOf(lines)).toHaveLength(1);
    expect(templatesOf(lines)[0]).toMatch(/^oven got call <\*>/);
  });

  it.each([
    ['without any argument', ['oven got call fire()', 'oven got call stop()']],
    ['with prose in brackets', ['oven got call fire(the door is open)', 'oven got call stop(a tray was lost)']],
    ['apart from their brackets', ['oven got call fire (slow=no)', 'oven lost call stop (slow=no)']],
  ])('stay names %s', (_, lines) => {
    expect(templatesOf(lines)).toHaveLength(2);
  });
});

describe('printed values', () => {
  it.each([
    ['a text in quotes and a number', ['firing 7 ended: 0', "firing 8 ended with tray: 'lid'", "firing 9 ended: 'all clay lids'"], 'firing <*> ended: <*>'],
    ['nothing and a number', ['kiln set limit None now', 'kiln set limit 40 now'], 'kiln set limit <*> now'],
    ['nothing and a structure', ['kiln set limit None now', 'kiln set limit (low=a, high=b) now'], 'kiln set limit <*> now'],
  ])('of other kinds in one place are one: %s', (_, lines, template) => {
    expect(templatesOf(lines)).toContain(template);
  });

  it('are one in two layouts with the same keys', () => {
    expect(templatesOf(['kiln took order [glaze:red who:ann]', 'kiln took order [glaze:(dim, red) who:ann]'])).toEqual(['kiln took order <*>']);
  });

  it('stay words where no other kind stands', () => {
    expect(templatesOf(['kiln set limit None now', 'kiln set limit nearly now'])).toHaveLength(2);
  });
});

describe('texts in quotes', () => {
  it('go on behind an escaped quote that ends a value', () => {
    expect(templatesOf([String.raw`potter wrote: 'tray \'b4\' is lost'`, "potter wrote: 'tray 5'"])).toHaveLength(1);
  });

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

describe('references by type and title', () => {
  it('are values', () => {
    expect(templatesOf(['the shelf Tray[top] takes more', 'the shelf Slot[main] takes more', 'the shelf Tray[4] takes more'])).toEqual(['the shelf <*> takes more']);
  });

  it.each([
    ['in small letters', ['the shelf tray[top] takes more', 'the shelf slot[main] takes more']],
    ['in capitals', ['the shelf is LID[open]', 'the shelf is LID[shut]']],
    ['with a blank', ['the shelf Tray [top] takes more', 'the shelf Slot [main] takes more']],
  ])('are none %s', (_, lines) => {
    expect(templatesOf(lines)).toHaveLength(2);
  });
});

describe('a level in small letters that begins messages', () => {
  it('is no word of the statement that agrees', () => {
    const words = ['cwd', 'glaze', 'tray', 'clay', 'shelf', 'lid'];
    expect(templatesOf(words.map((word, i) => `verbose ${word} ${i}`))).toHaveLength(words.length);
  });
});
