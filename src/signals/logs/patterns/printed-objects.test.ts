import { describe, expect, it } from 'vitest';
import { mineTemplates } from './mine.ts';
import { rowKey } from './row-key.ts';
import { tokenize } from './tokenize.ts';

const templatesOf = (lines: readonly string[]): readonly string[] => mineTemplates(lines.map((line) => ({ tokens: tokenize(line), count: 1 }))).templates;
const elementsOf = (line: string): readonly string[] => rowKey(tokenize(line)).texts;

describe('printed objects', () => {
  it.each([
    'fired Kiln@1f2e{HOT,trays=3}',
    'fired pottery.Kiln$Lid@1f2e{HOT}[tray=4, lid=Lid@9a{OPEN}]',
    'fired Kiln[east]@1f2e{HOT,4<=0<=12}',
    'fired Kiln@1f2e::Tray@3d[{l=a,r=b}{io=0}]->[Tray@3d[p=Lid{s=UP,0 of 2}]=>Pot@77{none, raw=false}]',
    'fired Kiln@1f2e{HOT}->null',
    'fired Tray[id=4, glaze=red oxide]',
    'fired pottery.Tray [id=4, pots=Pots [pot=3, glaze=red]]@77',
    'fired Tray(id=4, glaze=red),Tray(id=5, glaze=blue)',
    'fired Some(tray)',
    'fired Tray([4, a], [])',
    'fired Tray(Tray { pots: { }, glaze: red })',
    'fired HashSet(ann, bob (old))',
    'fired Ref[5]:SAFE:Tray[id=5, glaze=red]@77',
  ])('are one value: %s', (line) => {
    expect(elementsOf(line)).toEqual(['fired', '<*>']);
  });

  it.each([
    ['the name of a function with its arguments', 'fire(id=4, glaze=red)'],
    ['a single field', 'fired Tray[id=4]'],
    ['prose in brackets', 'fired Tray(the red one)'],
    ['a user at a host', 'fired ann@west(late)'],
    ['a record apart from its name', 'fired Tray (id=4, glaze=red)'],
  ])('are not %s', (_, line) => {
    expect(elementsOf(line).length).toBeGreaterThan(2);
  });

  it('are no value where they are all that a message says', () => {
    expect(elementsOf('Tray[id=4, glaze=red]')).toContain('glaze');
  });

  it('leave what is behind them', () => {
    expect(elementsOf('update Kiln@61{BUSY}->null:IDLE now')).toEqual(['update', '<*>', ':', 'IDLE', 'now']);
  });

  it('tell nothing of two statements that name one object', () => {
    const lines = ['Fired', 'Opened', 'Emptied', 'Stacked'].map((verb) => `${verb} Kiln@1f2e{glaze=red,trays=big,lid=shut,door=open}`);
    expect(templatesOf(lines)).toHaveLength(lines.length);
    expect(templatesOf(lines.toReversed())).toHaveLength(lines.length);
  });

  it('go on in a term of braces', () => {
    expect(elementsOf('Kiln@1f2e added {pottery.Tray@3d{raw}[id=4, red],MANAGED}').at(-1)).toBe('<*>');
  });
});

describe('the value of a key', () => {
  it('goes on in brackets that touch', () => {
    expect(elementsOf('fire glaze={}{red=[a b (c)]} now').slice(-2)).toEqual(['<*>', 'now']);
    expect(elementsOf('fire glaze={red=a}{blue=b} now').at(-1)).toBe('now');
    expect(elementsOf('fire glaze={red=a}{blue=b} now')).toHaveLength(5);
  });

  it('ends with its last bracket where it opens one more', () => {
    expect(elementsOf('fire glaze={red=a&b={x:} now').slice(-2)).toEqual(['{red=a&b={x:}', 'now']);
    expect(elementsOf('fire glaze={red=a now').length).toBeGreaterThan(5);
  });
});
