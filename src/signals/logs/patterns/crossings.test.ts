import { describe, expect, it } from 'vitest';
import { mineTemplates } from './mine.ts';
import { tokenize } from './tokenize.ts';

const templatesOf = (lines: readonly string[]): readonly string[] => [...mineTemplates(lines.map((line) => ({ tokens: tokenize(line), count: 1 }))).templates].sort();

const THINGS = ['north sluice gate', 'old mill race', 'upper lock', 'grain hoist', 'sack chute', 'tail water pump'];

describe('names that cross', () => {
  it('are values where the same two statements are told of many', () => {
    expect(templatesOf(THINGS.flatMap((thing) => [`Opened ${thing}`, `Closed ${thing}, took 7 ms`]))).toEqual(['Closed <*>, took <*> ms', 'Opened <*>']);
  });

  it('are values wherever else they stand', () => {
    const lines = THINGS.flatMap((thing) => [`Opened ${thing}`, `Closed ${thing}, took 7 ms`]);
    expect(templatesOf([...lines, ...THINGS.slice(0, 2).map((thing) => `wind has moved ${thing} today`)])).toContain('wind has moved <*> today');
  });

  it('are values with marks and brackets within', () => {
    const steps = ['Source: grain', 'Source: grain -> sieve -> Sort', 'Stones', 'Sink: sacks', 'Blend(Small(60), Fine) -> Weigh', 'dry -> (Sink: bran, Sink: flour)'];
    expect(templatesOf(steps.flatMap((step) => [`Stopping all work for ${step} (3)`, `Received task ${step} (7), begin at 9`]))).toEqual(['Received task <*> (<*>), begin at <*>', 'Stopping all work for <*> (<*>)']);
  });

  const FEW = ['Stage: wet grain', 'millstone', 'out: flour sack'];
  const WORK = ['Starting on', 'Freeing what belongs to', 'Attempting to stop', 'Loading plans for', 'Received orders for', 'Registering', 'Nothing left of'];
  const told = (frames: number): readonly string[] => WORK.slice(0, frames).flatMap((work) => FEW.map((thing) => `${work} ${thing} (1/2).`));

  it('are values where they are few and many statements are told of them', () => {
    expect(templatesOf(told(7))).toEqual(WORK.map((work) => `${work} <*> (<*>).`).toSorted());
  });

  it.each([
    ['few things', told(4)],
    ['few things of two statements', THINGS.slice(0, 4).flatMap((thing) => [`Opened ${thing}`, `Closed ${thing}, took 7 ms`])],
    ['things of which one statement is told', THINGS.map((thing) => `Opened ${thing}`)],
    ['things of one word', ['gate', 'race', 'lock', 'hoist', 'chute', 'pump'].flatMap((thing) => [`Opened ${thing}`, `Shut ${thing}, took 7 ms`]).slice(0, 4)],
    ['who speaks', THINGS.slice(0, 5).flatMap((thing) => [`mill: ${thing}`, `lock: ${thing}`])],
  ])('are text with %s', (_, lines) => {
    expect(templatesOf(lines).length).toBeGreaterThan(2);
  });
});
