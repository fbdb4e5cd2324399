import { describe, expect, it } from 'vitest';
import { mineTemplates } from './mine.ts';
import { tokenize } from './tokenize.ts';

const templatesOf = (lines: readonly string[]): readonly string[] => [...mineTemplates(lines.map((line) => ({ tokens: tokenize(line), count: 1 }))).templates].sort();

const told = (name: string): readonly string[] => [`kiln ${name} has cooled down`, `door of kiln ${name} left open`, `shift for ${name} ends at dawn`];
const NUMBERED = ['k7', 'k12'].flatMap(told);
const THREE = ['door of kiln <*> left open', 'kiln <*> has cooled down', 'shift for <*> ends at dawn'];

describe('names of several words in the place of values', () => {
  it.each(['East Yard', 'East Yard 4 (old)', 'Mills & Sons', 'Clay Works Co., Ltd.'])('%s is one where two statements have it there', (name) => {
    expect(templatesOf([...NUMBERED, ...told(name).slice(0, 2)])).toEqual(THREE);
  });

  it('are text where one statement has them there', () => {
    expect(templatesOf([...NUMBERED, ...told('East Yard').slice(0, 1)])).toHaveLength(4);
  });

  it('are text where they begin with a verb', () => {
    expect(templatesOf([...NUMBERED, ...told('failed kiln')])).toHaveLength(6);
  });
});

describe('what is told of several statements', () => {
  const REASONS = ['clay too wet', 'no glaze left'];

  it('is a reason where two statements have the same two', () => {
    expect(templatesOf(REASONS.flatMap((reason) => [`tray 7 not fired today: ${reason}`, `order 9 must wait here: ${reason}`]))).toEqual(['order <*> must wait here: <*>', 'tray <*> not fired today: <*>']);
  });

  it('is text behind the name of who speaks', () => {
    expect(templatesOf(REASONS.flatMap((reason) => [`East Yard: ${reason}`, `West Yard: ${reason}`])).length).toBeGreaterThan(1);
  });

  it('is text where only one has them', () => {
    expect(templatesOf(REASONS.map((reason) => `tray 7 not fired today: ${reason}`))).toHaveLength(2);
  });

  it('ends with the bracket behind a statement of two words that holds a value', () => {
    expect(templatesOf(['wet clay', 'no more clay', 'bad glaze', 'thin glaze'].map((reason, i) => `tray ${i} skipped (${reason})`))).toEqual(['tray <*> skipped (<*>)']);
  });
});

describe('what something was and what it is', () => {
  it('are values between `from` and `to`', () => {
    expect(templatesOf(['kiln 4 moved from warming to firing', 'kiln 5 moved from firing to cooling', 'kiln 5 moved from cooling to open'])).toEqual(['kiln <*> moved from <*> to <*>']);
  });

  it('are no more than one word each', () => {
    expect(templatesOf(['pipes lead from cold yard to old kiln', 'pipes lead from warm shed to new kiln'])).toHaveLength(2);
  });
});
