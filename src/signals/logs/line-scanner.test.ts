import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Interpreter } from './interpreter.ts';
import { JSON_KEYS } from './json-keys.ts';
import { COLUMN, LINE, LineScanner } from './line-scanner.ts';
import { createMasker } from './mask/masker.ts';
import { RowTable } from './row-table.ts';
import { blockPlaces, MAX_LINE_BYTES } from './scan-memory.ts';

const scanner = new LineScanner(JSON_KEYS);
const block = blockPlaces(0);

/** Puts bytes where lines are scanned, between others that would show if they were read. */
const put = (bytes: Uint8Array): { readonly from: number; readonly to: number } => {
  scanner.bytes.fill(55, block.text - 64, block.text + bytes.length + 128);
  scanner.bytes.set(bytes, block.text);
  return { from: block.text, to: block.text + bytes.length };
};

const cell = (row: number, column: number): number => scanner.words[row + column] as number;

const rowOfLine = (line: string): number => {
  const { from, to } = put(Buffer.from(`${line}\n`));
  expect(scanner.scan(block, from, to)).toBe(1);
  return scanner.rowOf(block, 0);
};
const shapeOf = (line: string): string => {
  const row = rowOfLine(line);
  expect(cell(row, COLUMN.flags) & LINE.json).toBe(0);
  return `${cell(row, COLUMN.hash)},${cell(row, COLUMN.check)}`;
};
const jsonShapeOf = (line: string): string => {
  const row = rowOfLine(line);
  return `${cell(row, COLUMN.hash)},${cell(row, COLUMN.check)}`;
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

  it('is that of the same text scanned apart, wherever it lies', () => {
    const parts = fc.array(fc.constantFrom('a', '1', '12345678-', 'abcd-', '@', '.', 'example.com', ' ', '"', '결', '-', '=', 'averyveryverylongwordthatnevereverendsatall'), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(parts, fc.nat(90), (words, shift) => {
        const text = `x${words.join('')}`;
        const shape = shapeOf(text);
        const { from, to } = put(Buffer.from(`${'y'.repeat(shift)}\n${text}\n`));
        scanner.scan(block, from, to);
        const row = scanner.rowOf(block, 1);
        expect(`${cell(row, COLUMN.hash)},${cell(row, COLUMN.check)}`).toBe(shape);
        scanner.shapeOfText(text);
        expect(`${scanner.hash},${scanner.check}`).toBe(shape);
      }),
    );
  });

  it('remembers where words with digits begin', () => {
    const line = `2025-02-01 took 12 ms ${'w'.repeat(70)}9 결제7 ${'v'.repeat(63)}8 end`;
    const row = rowOfLine(line);
    const bytes = Buffer.from(line);
    const marks = Array.from({ length: cell(row, COLUMN.markCount) }, (_, k) => scanner.markAt(row, k) - block.text);
    expect(marks).toEqual([0, 5, 8, 16, 22, bytes.indexOf('결'), bytes.indexOf('vvv')]);
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

describe('lines', () => {
  const linesOf = (bytes: Uint8Array): string[] => {
    const { from, to } = put(bytes);
    const count = scanner.scan(block, from, to);
    return Array.from({ length: count }, (_, k) => {
      const row = scanner.rowOf(block, k);
      return (cell(row, COLUMN.flags) & LINE.blank) !== 0 ? '' : scanner.decode(cell(row, COLUMN.start), cell(row, COLUMN.end));
    });
  };

  it('end by a line feed, with or without a carriage return; the rest waits', () => {
    expect(linesOf(Buffer.from('a\r\n\n \t\r\nbc\rd\nrest'))).toEqual(['a', '', '', 'bc\rd']);
    expect(scanner.next - block.text).toBe(Buffer.byteLength('a\r\n\n \t\r\nbc\rd\n'));
  });

  it('are those of a plain split, for any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(10), fc.constant(13), fc.constant(32), fc.integer({ min: 33, max: 126 })), { maxLength: 300 }), (bytes) => {
        const expected = Buffer.from(bytes).toString().split('\n').slice(0, -1).map((line) => line.replace(/\r$/, ''));
        expect(linesOf(Uint8Array.from(bytes))).toEqual(expected.map((line) => (line.trim() === '' ? '' : line)));
      }),
    );
  });

  it('are told from their container wrapper', () => {
    const row = rowOfLine('2025-02-01T05:00:00.000868458Z stderr P order 17 lost');
    expect(cell(row, COLUMN.flags)).toBe(LINE.cri | LINE.stderr | LINE.partial);
    expect(scanner.decode(cell(row, COLUMN.inner), cell(row, COLUMN.end))).toBe('order 17 lost');
    expect(cell(rowOfLine('2025-02-01T05:00:00.000868458Z stdbuf F order'), COLUMN.flags)).toBe(0);
  });

  it('of Docker records are unescaped as JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), fc.boolean(), (text, escaped) => {
        const json = JSON.stringify(`${text}\n`);
        const log = escaped ? json.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`) : json;
        const row = rowOfLine(`{"log":${log},"stream":"stderr","time":"2025-02-01T05:00:00Z"}`);
        expect(cell(row, COLUMN.flags) & ~LINE.json).toBe(LINE.docker | LINE.stderr);
        expect(scanner.decode(cell(row, COLUMN.outerTime), cell(row, COLUMN.outerTime) + 20)).toBe('2025-02-01T05:00:00Z');
        expect(scanner.decode(cell(row, COLUMN.inner), cell(row, COLUMN.end))).toBe(text.replace(/[\r\n]+$/, ''));
      }),
    );
    const cut = rowOfLine('{"log":"cut off \\u12');
    expect(cell(cut, COLUMN.flags) & LINE.docker).toBe(0);
    expect(scanner.decode(cell(cut, COLUMN.inner), cell(cut, COLUMN.end))).toBe('{"log":"cut off \\u12');
  });

  it('of any bytes stay inside of the memory', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        const { from, to } = put(bytes);
        let at = from;
        for (let count = scanner.scan(block, at, to); count > 0; count = scanner.scan(block, at, to)) at = scanner.next;
        expect(at).toBe(from + bytes.lastIndexOf(10) + 1);
      }),
    );
    scanner.bytes.fill(49, scanner.scratchStart, scanner.scratchStart + MAX_LINE_BYTES);
    expect(cell(scanner.scanOne(scanner.scratchStart, scanner.scratchStart + MAX_LINE_BYTES), COLUMN.markCount)).toBe(1);
  });
});
