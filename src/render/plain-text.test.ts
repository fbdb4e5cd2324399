import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainLine, plainLines } from './plain-text.ts';

// oxlint-disable-next-line no-control-regex -- what must not be there
const ACTIVE = /[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\u200E\u200F]/;

describe('plain text', () => {
  it.each([
    ['Hello \u001b[32mGREEN\u001b[0m\u0007', 'Hello GREEN'],
    ['\u001b]8;;https://evil.example/\u0007text\u001b]8;;\u0007', 'text'],
    ['\u001b]0;title\u001b\\x', 'x'],
    ['\u009b31mred', 'red'],
    ['\u001bPq#0;2;0;0;0\u001b\\x', 'x'],
    ['\u001b[', '['],
    ['\u001b', ''],
    ['a\tb\r\nc', 'a b c'],
    ['safe\u202Eelif.exe', 'safeelif.exe'],
    ['tag\u{E0041}\u{E007F}', 'tag'],
    ['lone \uD800 half', 'lone \uFFFD half'],
    ['한글 🧯 stays', '한글 🧯 stays'],
    [String.raw`\x1b[31m stays`, String.raw`\x1b[31m stays`],
  ])('%j ► %j', (text, expected) => {
    expect(plainLine(text)).toBe(expected);
  });

  it('holds nothing that acts, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('\u001b', '[', ']', ';', '\u0007', '\u009b', 'm', '8', '\u202e', '\\', 'P', '\n', 'x', '\uD83D'), maxLength: 300 }), (text) => {
        expect(plainLine(text)).not.toMatch(ACTIVE);
        expect(plainLine(plainLine(text))).toBe(plainLine(text));
      }),
    );
  });

  it('is linear on unfinished sequences', () => {
    const startedAt = performance.now();
    plainLine('\u001b]'.repeat(200_000));
    plainLine('\u001b[0'.repeat(200_000));
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  it('keeps the indentation of a trace and bounds its lines', () => {
    expect(plainLines('boom\n\tat a\n\u001b[0m  at b\nc', 3)).toEqual(['boom', '  at a', 'at b', '…']);
  });
});
