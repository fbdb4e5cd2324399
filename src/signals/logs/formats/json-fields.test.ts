import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonFields, rawOffset, textOf } from './json-fields.ts';
import { logfmtFields } from './logfmt.ts';

const read = (line: string): Record<string, string> => {
  const fields = jsonFields(line, 0) ?? logfmtFields(line, 0);
  return fields === null ? {} : Object.fromEntries([...fields.values].map(([path, value]) => [path, textOf(fields, value)]));
};

describe('jsonFields', () => {
  it.each([
    ['{"a":1,"B":"x","c":{"d":true,"e.f":null},"g":[1,{"a":2}]}', { a: '1', b: 'x', c: '{"d":true,"e.f":null}', 'c.d': 'true', 'c.e.f': 'null', g: '[1,{"a":2}]' }],
    ['{ "a" : "x\\"y\\\\" , "b" : -1.5e3 } ', { a: 'x"y\\', b: '-1.5e3' }],
    ['{"a":"1","b":"2","c":"3","d":"cut o', { a: '1', b: '2', c: '3' }],
    ['{}', {}],
    ['{"a":1} and more', {}],
    ['{"a":1]', {}],
    ['{a:1}', {}],
    ['[1,2]', {}],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  it('agrees with JSON.parse on flat objects, wherever they stand', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(fc.string(), fc.integer(), fc.boolean()), { minKeys: 1 }), (record) => {
        const expected = Object.fromEntries(Object.entries(record).map(([key, value]) => [key, String(value)]));
        expect(read(JSON.stringify(record))).toEqual(expected);
      }),
    );
  });

  it('finds the raw place of decoded text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, at) => {
        const raw = JSON.stringify(text);
        const offset = Math.min(at, text.length);
        const place = rawOffset(raw, 1, offset);
        // A surrogate pair's halves cannot be decoded apart.
        fc.pre(!/[\ud800-\udfff]/.test(text));
        expect(JSON.parse(`"${raw.slice(1, place)}"`)).toBe(text.slice(0, offset));
      }),
    );
  });
});

describe('logfmtFields', () => {
  it.each([
    ['a=1 b="x y" c=', { a: '1', b: 'x y', c: '' }],
    ['level=info msg="say \\"hi\\"" flag done=true', { level: 'info', msg: 'say "hi"', done: 'true' }],
    ['a=1', {}],
    ['words and a=1 b=2', {}],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });
});
