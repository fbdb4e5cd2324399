import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvFields } from './csv-row.ts';
import { parseSelector } from './series-selector.ts';

describe('parseSelector', () => {
  it.each([
    ['up', 'up', {}],
    ['cpu{}', 'cpu', {}],
    [' cpu { a = "1" , b="x y" } ', 'cpu', { a: '1', b: 'x y' }],
    ['m{a="q\\"{},=\\\\\\n"}', 'm', { a: 'q"{},=\\\n' }],
    ['m{a="1",}', 'm', { a: '1' }],
  ])('%s', (header, name, labels) => {
    expect(parseSelector(header)).toEqual({ name, labels });
  });

  it.each(['', '{a="1"}', 'm{a=1}', 'm{a="1"', 'm{a="1" b}', 'm{"a"}'])('%s is none', (header) => {
    expect(parseSelector(header)).toBeNull();
  });

  it('reads back any label value through a quoted CSV cell', () => {
    fc.assert(
      fc.property(fc.string().filter((value) => !/[\n\r]/.test(value)), (value) => {
        const header = `m{a="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"}`;
        const line = `timestamp,"${header.replaceAll('"', '""')}",x`;
        expect(csvFields(line)).toEqual(['timestamp', header, 'x']);
        expect(parseSelector(header)?.labels['a']).toBe(value);
      }),
    );
  });
});
