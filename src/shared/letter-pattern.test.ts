import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LetterPattern } from './letter-pattern.ts';

const SOURCES = [String.raw`[\p{L}\p{N}_-](?:[.:\\/$@#+]|::)[\p{L}\p{N}_-]`, String.raw`[\p{Ll}][\p{Lu}]|[\p{Lu}][\p{Lu}][\p{Ll}]|_`, String.raw`[^\p{L}\p{N}_-]`, String.raw`^[\p{Lu}][\p{L}\p{N}_]*$`];

test('tells what the expression with Unicode classes tells', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('a', 'Z', '9', '_', '-', '.', ':', ' ', 'ä', 'É', '한', '٣', '😀', '\n') }));
  for (const source of SOURCES) {
    const pattern = new LetterPattern(source);
    const whole = new RegExp(source, 'u');
    fc.assert(
      fc.property(text, (one) => {
        expect(pattern.test(one)).toBe(whole.test(one));
      }),
    );
  }
});
