import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InstantReader } from './instant-bytes.ts';
import { parseInstant } from './instant.ts';

const reader = new InstantReader();
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const ofText = (text: string): number => reader.ofText(bytesOf(`"${text}"`), 1, 1 + bytesOf(text).length);
const ofNumber = (text: string): number => reader.ofNumber(bytesOf(text), 0, text.length);

describe('InstantReader', () => {
  it.each([
    '2030-01-01T10:00:00Z', '2030-01-01T10:00:00.5Z', '2030-01-01T10:00:00.123456789Z', '2028-02-29T23:59:59.999Z', '2030-02-30T00:00:00Z', '2030-13-01T00:00:00Z', '2030-01-01T24:00:00Z',
    '2030-01-01T10:00:60Z', '2030-01-01T10:00:00.Z', '2030-01-01T10:00:00.12x4Z', '2030-01-01t10:00:00z', '2030-01-01 10:00:00Z', '2030-01-01T10:00:00+09:00', '2030-01-01T10:00:00', '2030-01-01T10:00Z',
    '1734681600000123456', '1734681600000', '1734681600', '9999999999999999999', '', 'soon', '0000-00-00T00:00:00Z',
  ])('reads the text %j as parseInstant does', (text) => {
    expect(ofText(text)).toBe(parseInstant(text) ?? Number.NaN);
  });

  it('reads any instant as parseInstant does, as text and as a number', () => {
    fc.assert(fc.property(fc.date({ noInvalidDate: true, min: new Date('1980-01-01'), max: new Date('2200-01-01') }), fc.bigInt({ min: 0n, max: 999_999n }), (date, nanos) => {
      const unix = `${BigInt(date.getTime()) * 1_000_000n + nanos}`;
      expect(ofText(date.toISOString())).toBe(parseInstant(date.toISOString()));
      expect(ofText(unix)).toBe(parseInstant(unix));
      expect(ofNumber(unix)).toBe(parseInstant(Number(unix)));
    }));
  });
});
