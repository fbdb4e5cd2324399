import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ABSENT, ESCAPED_TEXT, JsonScanner, NULL, NUMBER, OTHER, PLAIN_TEXT } from './json-scan.ts';

const KEYS = ['a', 'text', 'long.key'] as const;
const NESTED = ['x', 'y.z'] as const;
const scanner = (): JsonScanner => new JsonScanner(KEYS, 'in', NESTED);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What a scanner found, as values; undefined where there is none. */
const found = (one: JsonScanner, bytes: Uint8Array): unknown[] =>
  [...one.kinds].map((kind, field) => {
    const text = new TextDecoder().decode(bytes.subarray(one.starts[field], one.ends[field]));
    if (kind === ABSENT) return undefined;
    if (kind === PLAIN_TEXT) return text;
    return JSON.parse(kind === ESCAPED_TEXT ? `"${text}"` : text) as unknown;
  });

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const wanted = (value: Record<string, unknown>): unknown[] => {
  const inner = isObject(value['in']) ? value['in'] : {};
  return [...KEYS.map((key) => (Object.hasOwn(value, key) ? value[key] : undefined)), ...NESTED.map((key) => (Object.hasOwn(inner, key) ? inner[key] : undefined)), value['in']];
};

/** The keys of an object that is looked into must be plain; those of others may be anything. */
const leaf = fc.oneof(fc.string({ unit: 'binary' }), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null), fc.array(fc.string()), fc.dictionary(fc.string(), fc.jsonValue()));
const object = fc.record({ a: leaf, text: leaf, 'long.key': leaf, other: leaf, in: fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.record({ x: leaf, 'y.z': leaf, q: leaf }, { requiredKeys: [] })) }, { requiredKeys: [] });
const normal = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

describe('JsonScanner', () => {
  it('finds what JSON.parse finds, whatever the lines before were', () => {
    const one = scanner();
    fc.assert(
      fc.property(fc.array(object), fc.constantFrom(undefined, 1, '\t'), (lines, space) => {
        for (const line of lines) {
          const text = JSON.stringify(line, null, space).replaceAll('\n', ' ');
          const bytes = bytesOf(` ${text} `);
          expect(one.scan(bytes, 0, bytes.length)).toBe(true);
          expect(found(one, bytes).map((value) => (value === undefined ? undefined : normal(value)))).toEqual(wanted(normal(line) as Record<string, unknown>));
        }
      }),
    );
  });

  it('does not take a line that breaks off, wherever', () => {
    const text = '{"a": "x\\"y", "in": {"x": [1, {"k": "]"}], "y.z": true}, "text": 1.5e3, "long.key": null}';
    const bytes = bytesOf(`${text},"a":"next line"}`);
    const one = scanner();
    for (let end = 0; end < text.length; end++) expect(one.scan(bytes, 0, end)).toBe(false);
    expect(one.scan(bytes, 0, text.length)).toBe(true);
    expect(found(one, bytes)).toEqual(['x"y', 1500, null, [1, { k: ']' }], true, { x: [1, { k: ']' }], 'y.z': true }]);
    expect([...one.kinds]).toEqual([ESCAPED_TEXT, NUMBER, NULL, OTHER, OTHER, OTHER]);
  });

  it.each(['', '[]', '"a"', 'null', '{"a":1}x', '{"a" 1}', '{"a":}', '{a:1}', '{"a":nope}', '{"a":1,}', '{"a":"\n"}', '{"\\u0061":1}', '{"a":[}'])('leaves %j to JSON.parse', (text) => {
    const bytes = bytesOf(text);
    expect(scanner().scan(bytes, 0, bytes.length)).toBe(false);
  });

  it('understands the next line where it is spaced in another way', () => {
    const one = scanner();
    for (const text of ['{"a":1,"text":"x"}', '{"a": 1, "text" :"x"}', '{ "a":1,"text":"x"}']) expect(one.scan(bytesOf(text), 0, text.length)).toBe(true);
  });

  it('takes the last of two equal keys, and of an object that comes twice only the last', () => {
    const bytes = bytesOf('{"a":1,"in":{"x":1,"y.z":2},"a":2,"in":{"x":3}}');
    const one = scanner();
    expect(one.scan(bytes, 0, bytes.length)).toBe(true);
    expect(found(one, bytes)).toEqual([2, undefined, undefined, 3, undefined, { x: 3 }]);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(() => scanner().scan(bytes, 0, bytes.length)).not.toThrow();
    }));
  });
});
