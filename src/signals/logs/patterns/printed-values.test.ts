import { describe, expect, it } from 'vitest';
import { mineTemplates } from './mine.ts';
import { tokenize } from './tokenize.ts';

const templatesOf = (lines: readonly string[]): readonly string[] => mineTemplates(lines.map((line) => ({ tokens: tokenize(line), count: 1 }))).templates;

describe('objects with keys in no quotes', () => {
  it('are values as wholes behind text, whatever they hold', () => {
    expect(templatesOf(['kiln job: { glaze: 4, tray: { side: left } } done', 'kiln job: {} done', 'kiln job: { clay: "red" } done'])).toEqual(['kiln job: <*> done']);
  });

  it('take the name of their type with them behind a key', () => {
    expect(templatesOf(['plan: Shelf { row: 3 } used 7 cups', 'plan: FIRING used 8 cups', 'plan: GLAZING used 9 cups'])).toEqual(['plan: <*> used <*> cups']);
  });

  it('are the statement where the message begins with one', () => {
    expect(templatesOf(['{ kiln: lit, tray: 4 }', '{ clay: wet, shelf: 4 }'])).toHaveLength(2);
  });
});

describe('what is printed for no value', () => {
  it('is a value behind a key', () => {
    expect(templatesOf(['tray sent, Owner: (none), side 4', 'tray sent, Owner: 17, side 4'])).toEqual(['tray sent, Owner: <*>, side <*>']);
    expect(templatesOf(['tray lost (none) on 4', 'tray lost 17 on 4'])).toHaveLength(2);
  });
});

describe('singular and plural', () => {
  it('behind a number are one statement', () => {
    expect(templatesOf(['kiln lit (1 tray inside now)', 'kiln lit (4 trays inside now)'])).toEqual(['kiln lit (<*> <*> inside now)']);
    expect(templatesOf(['fired 1 pottery', 'fired 4 potteries'])).toHaveLength(1);
  });

  it('are two statements elsewhere, and other nouns are no plural of one', () => {
    expect(templatesOf(['the tray is lost', 'the trays is lost'])).toHaveLength(2);
    expect(templatesOf(['fired 4 tray', 'fired 4 trays', 'fired 4 bowls'])).toHaveLength(2);
  });
});

describe('what is told behind a statement', () => {
  it('is a statement of its own where values stand in two places of it', () => {
    const lines = ['kiln job: tray 4 of shelf 9 fired', 'kiln job: glaze 3 mixed into bowl 8', 'kiln job: removed 5 plates from rack 7'];
    expect(templatesOf(lines)).toHaveLength(3);
  });
});

describe('an arrow behind the first word', () => {
  it('tells what something was and what it became', () => {
    expect(templatesOf(['WetClay -> DryClay', 'DryClay -> FiredClay', 'FiredClay -> GlazedClay'])).toEqual(['<*> -> <*>']);
  });
});

describe('a sentence at the end', () => {
  const lines = ['Tray red fired in kiln 4 of today.', 'Tray red fired in kiln 9 of today. It was the last one.'];

  it('is a remark where the statement comes without it, too', () => {
    expect(templatesOf(lines)).toHaveLength(1);
    expect(templatesOf(lines.toReversed())).toEqual(templatesOf(lines));
  });

  it('is none behind a short text, or where it tells a value', () => {
    expect(templatesOf(['Tray fired.', 'Tray fired. It was the last one.'])).toHaveLength(2);
    expect(templatesOf([lines[0] ?? '', 'Tray red fired in kiln 9 of today. Next are 5 bowls.'])).toHaveLength(2);
  });
});

describe('a reason', () => {
  it('may stand in the square brackets that end the message', () => {
    const lines = ['could not fire tray 4 [no clay left]', 'could not fire tray 5 [kiln too cold for it]', 'could not fire tray 6 [shelf fell]'];
    expect(templatesOf(lines)).toEqual(['could not fire tray <*> [<*>]']);
  });

  it('may end with a full stop', () => {
    const lines = ['could not fire: No clay left for this tray.', 'could not fire: Kiln lost', 'could not fire: Nobody asked for the tray.'];
    expect(templatesOf(lines)).toEqual(['could not fire: <*>']);
  });
});

describe('a value with its kind before a colon', () => {
  it('is one value behind a key', () => {
    expect(templatesOf(['tray fired for today, MakerId: Guild:4, side 3', 'tray fired for today, MakerId: Shop:9, side 2'])).toEqual(['tray fired for today, MakerId: <*>, side <*>']);
  });
});

describe('words of which each program has the same two', () => {
  it.each([
    ['a transport', 'tcp', 'udp'],
    ['a direction', 'inbound', 'outbound'],
    ['a switch', 'ON', 'OFF'],
  ])('are a value: %s', (_, one, other) => {
    expect(templatesOf([one, other].map((word) => `the kiln wire is ${word} for tray 4`))).toEqual(['the kiln wire is <*> for tray <*>']);
  });
});
