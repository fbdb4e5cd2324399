import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Interpreter } from './interpreter.ts';
import { JSON_KEYS } from './json-keys.ts';
import { JsonShapeScanner } from './json-shape.ts';
import { createMasker } from './mask/masker.ts';
import { RowTable } from './row-table.ts';
import { ShapeScanner } from './scan.ts';

const shapeOf = (line: string): string => {
  const scanner = new ShapeScanner();
  // Nothing stands behind the line's end: reading on would show.
  const bytes = Buffer.from(`${line}\n`);
  scanner.scan(bytes, 0, bytes.length - 1);
  return `${scanner.hash},${scanner.check}`;
};
const jsonShapeOf = (line: string): string => {
  const scanner = new JsonShapeScanner(JSON_KEYS);
  const bytes = Buffer.from(`${line}\n`);
  scanner.scan(bytes, 0, bytes.length - 1);
  return `${scanner.hash},${scanner.check}`;
};

describe('shape of a line', () => {
  it.each([
    ['numbers of any length', 'took 7 ms', 'took 12345 ms'],
    ['words with digits', 'node-a1b2 up', 'node-77 up'],
    ['e-mail addresses', 'mail to jane.doe@example.com sent', 'mail to bob@corp.example.org sent'],
    ['several addresses', 'from a@b.io to c@d.io', 'from anna@example.com to zoe@mail.example.com'],
    ['UUIDs with groups of letters only', 'id 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed', 'id 6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b'],
    ['long tokens', 'token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.abc-def', 'token eyJhbGciOiJIUzI1NiJ9.e30.Zz_z'],
  ])('is the same for %s', (_name, a, b) => {
    expect(shapeOf(a)).toBe(shapeOf(b));
  });

  it.each([
    ['words', 'connection opened', 'connection closed'],
    ['punctuation', 'a: 1', 'a, 1'],
    ['a full stop behind a long value', 'id 0123456789abcdef.', 'id 0123456789abcdef'],
    ['an @ that is no address', 'Listener@12 up', 'Sender@12 up'],
    ['what follows an address', 'a@b.io joined', 'a@b.io left'],
  ])('differs by %s', (_name, a, b) => {
    expect(shapeOf(a)).not.toBe(shapeOf(b));
  });

  it.each(['12345678-', '12345678-abcd-abcd-abcd-abc', '1234567890abcdef', 'a@b.io', 'x1@', '@', '1@2.cc', 'a1b2c3d4-aaaa-bbbb-cccc-dddddddddddd'])('ends at the line end: %s', (line) => {
    expect(shapeOf(line)).toBe(shapeOf(line));
  });

  it('ends on any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '1', '12345678-', 'abcd-', '@', '.', 'example.com', ' ', '"', '결', '-', '='), { maxLength: 40 }), (parts) => {
        expect(shapeOf(parts.join(''))).toBe(shapeOf(parts.join('')));
      }),
    );
  });

  it('decides the tokens: messages of one shape tokenise alike', () => {
    const interpreter = new Interpreter(createMasker(), new RowTable());
    const word = fc.constantFrom('order', 'user', 'failed', 'password=', 'to', 'x-', '(', ')', ': ', '/', 'https://', 'a@b.io', '결제', ' ', ' ', ',');
    const value = fc.tuple(fc.stringMatching(/^[a-f0-9]{0,9}$/), fc.nat(9999)).map(([hex, n]) => `${hex}${n}`);
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.option(fc.tuple(value, value))), { maxLength: 10 }), (parts) => {
        const first = `say ${parts.map(([text, values]) => text + (values?.[0] ?? '')).join(' ')}`;
        const second = `say ${parts.map(([text, values]) => text + (values?.[1] ?? '')).join(' ')}`;
        fc.pre(shapeOf(first) === shapeOf(second));
        expect(interpreter.interpret(second).tokens).toEqual(interpreter.interpret(first).tokens);
      }),
      { numRuns: 300 },
    );
  });
});

describe('shape of a JSON line', () => {
  const base = { time: '2025-02-01T05:00:00Z', level: 'info', msg: 'order 17 paid', traceId: 'abc' };

  it('sees level, message and service, and skips the rest', () => {
    const shape = jsonShapeOf(JSON.stringify(base));
    expect(jsonShapeOf(JSON.stringify({ ...base, traceId: 'x'.repeat(90), msg: 'order 9 paid', time: '2026-01-01T00:00:00Z' }))).toBe(shape);
    expect(jsonShapeOf(JSON.stringify({ ...base, level: 'error' }))).not.toBe(shape);
    expect(jsonShapeOf(JSON.stringify({ ...base, msg: 'order 17 lost' }))).not.toBe(shape);
    expect(jsonShapeOf(JSON.stringify({ ...base, service: 'pay' }))).not.toBe(shape);
    expect(jsonShapeOf(JSON.stringify({ context: base }))).not.toBe(shape);
  });

  it('takes escaped letters for letters', () => {
    expect(jsonShapeOf('{"msg":"\\uacb0\\uc81c 12"}')).not.toBe(jsonShapeOf('{"msg":"\\uacb1\\uc81c 12"}'));
    expect(jsonShapeOf('{"msg":"\\uacb0\\uc81c 12"}')).toBe(jsonShapeOf('{"msg":"\\uacb0\\uc81c 7"}'));
  });

  it('ends on any bytes and tells a record that was cut off', () => {
    const text = JSON.stringify(base);
    for (let length = 0; length < text.length; length++) expect(jsonShapeOf(text.slice(0, length))).not.toBe(jsonShapeOf(text));
  });
});
