import { describe, expect, it } from 'vitest';
import { mineTemplates } from './mine.ts';
import { tokenize } from './tokenize.ts';

const templatesOf = (lines: readonly string[]): readonly string[] => mineTemplates(lines.map((line) => ({ tokens: tokenize(line), count: 1 }))).templates;

describe('pairs that only some messages end with', () => {
  it.each([
    ['one', ['kiln 4 fired /trays/a in 7 ms', 'kiln 5 fired /trays/b in 9 ms fuel=None']],
    ['several', ['kiln 4 fired /trays/a in 7 ms', 'kiln 5 fired /trays/b in 9 ms fuel=wood shelf=4', 'kiln 5 fired /trays/b in 9 ms shelf=top']],
  ])('go with the value before them: %s', (_, lines) => {
    expect(templatesOf(lines)).toEqual(['kiln <*> fired <*> in <*>']);
    expect(templatesOf(lines.toReversed())).toEqual(['kiln <*> fired <*> in <*>']);
  });

  it.each([
    ['a word before them', ['kiln 4 fired /trays/a', 'kiln 5 fired /trays/b fully fuel=None']],
    ['little before them', ['fired /trays/a', 'fired /trays/b fuel=None']],
    ['text behind them', ['kiln 4 fired /trays/a in 7 ms', 'kiln 5 fired /trays/b in 9 ms fuel=None again']],
  ])('stand for themselves with %s', (_, lines) => {
    expect(templatesOf(lines)).toHaveLength(2);
  });
});

describe('a method of HTTP behind a value', () => {
  it('is a value', () => {
    expect(templatesOf(['200 GET /trays (u7@10.0.0.5) 7 ms', '201 POST /trays (@10.0.0.5) 9 ms', '404 DELETE /trays/4?key=[hidden] (@10.0.0.5) 2 ms'])).toHaveLength(1);
  });

  it('is what is said where it begins the message', () => {
    expect(templatesOf(['GET /trays 7 ms', 'POST /trays 9 ms', 'DELETE /trays/4 2 ms'])).toHaveLength(3);
  });
});

describe('paths', () => {
  it('hold what is in square brackets behind an equals sign', () => {
    expect(tokenize('took /trays?key=[hidden]&n=4 now')).toEqual(['took', ' <*>', ' now']);
    expect(tokenize('took /trays?key=[hidden] now')).toEqual(['took', ' <*>', ' now']);
    expect(tokenize('took /trays?key=[hidden now')).toEqual(['took', ' <*>', '=', '[', 'hidden', ' now']);
  });
});
