import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { epochOf } from './epoch-of.ts';
import { findTimestamp } from './find-timestamp.ts';
import { TIME_LAYOUT, type TimeContext, type TimeLayout } from './layout.ts';
import { readEpochMs } from './read-epoch-ms.ts';
import { zoneOffset } from './zone-offset.ts';

const REFERENCE = Date.UTC(2025, 2, 1, 12);
const context = (zone: string): TimeContext => ({ naiveOffsetMs: zoneOffset(zone), referenceMs: REFERENCE });
const encoder = new TextEncoder();

const read = (text: string, zone: string): string => {
  const found = findTimestamp(text, 0);
  if (found === null) return 'none';
  const epochMs = readEpochMs(encoder.encode(text), 0, found.layout, context(zone));
  return Number.isNaN(epochMs) ? 'NaN' : new Date(epochMs).toISOString();
};

/** Text, what it is in a log of UTC, how many characters are the timestamp, layout. */
const CLOCKS: readonly (readonly [string, string, number, TimeLayout])[] = [
  ['2025-02-01T14:05:01.214+09:00 x', '2025-02-01T05:05:01.214Z', 29, TIME_LAYOUT.iso],
  ['2025-02-01T14:05:01.214567891Z x', '2025-02-01T14:05:01.214Z', 30, TIME_LAYOUT.iso],
  ['2025-02-01 14:05:01,2 x', '2025-02-01T14:05:01.200Z', 21, TIME_LAYOUT.iso],
  ['2025-02-01 14:05:01.12 x', '2025-02-01T14:05:01.120Z', 22, TIME_LAYOUT.iso],
  ['2025-02-01 14:05:01-0530 x', '2025-02-01T19:35:01.000Z', 24, TIME_LAYOUT.iso],
  ['2025-02-01 14:05:01-05 x', '2025-02-01T19:05:01.000Z', 22, TIME_LAYOUT.iso],
  ['2025-02-01 14:05:01 +0900 x', '2025-02-01T05:05:01.000Z', 25, TIME_LAYOUT.iso],
  ['2025-02-01 14:05:01 KST x', '2025-02-01T05:05:01.000Z', 23, TIME_LAYOUT.iso],
  ['2025-02-01 14:05:01 EST x', '2025-02-01T19:05:01.000Z', 23, TIME_LAYOUT.iso],
  ['2025-02-01 14:05:01 CET x', '2025-02-01T13:05:01.000Z', 23, TIME_LAYOUT.iso],
  ['2025-02-01 14:05:01 INFO x', '2025-02-01T14:05:01.000Z', 19, TIME_LAYOUT.iso],
  ['2025-02-01 14:05 x', '2025-02-01T14:05:00.000Z', 16, TIME_LAYOUT.iso],
  ['2025/02/01 14:05:01 x', '2025-02-01T14:05:01.000Z', 19, TIME_LAYOUT.iso],
  ['2025/2/1:14:05:01.455 x', '2025-02-01T14:05:01.455Z', 21, TIME_LAYOUT.iso],
  ['2025-06-03-15.42.50.675872 x', '2025-06-03T15:42:50.675Z', 26, TIME_LAYOUT.iso],
  ['2025-02-01 2:05:01 PM x', '2025-02-01T14:05:01.000Z', 21, TIME_LAYOUT.iso],
  ['2025-02-01 오후 2:05:01 x', '2025-02-01T14:05:01.000Z', 21, TIME_LAYOUT.iso],
  ['2025-02-01 오전 12:05:01 x', '2025-02-01T00:05:01.000Z', 22, TIME_LAYOUT.iso],
  ['2025-12-31T23:59:60Z', '2026-01-01T00:00:00.000Z', 20, TIME_LAYOUT.iso],
  ['2024-02-29 00:00:00', '2024-02-29T00:00:00.000Z', 19, TIME_LAYOUT.iso],
  ['2025-02-29 00:00:00', 'NaN', 19, TIME_LAYOUT.iso],
  ['20250201-14:05:01:606|x', '2025-02-01T14:05:01.606Z', 21, TIME_LAYOUT.compact],
  ['20250201-4:5:1:6|x', '2025-02-01T04:05:01.006Z', 16, TIME_LAYOUT.compact],
  ['20250201T140501Z x', '2025-02-01T14:05:01.000Z', 16, TIME_LAYOUT.compact],
  ['20250201140501 x', '2025-02-01T14:05:01.000Z', 14, TIME_LAYOUT.compact],
  ['25/02/11 14:05:01 x', '2025-02-11T14:05:01.000Z', 17, TIME_LAYOUT.shortYear],
  ['02/28/25 14:05:01 x', '2025-02-28T14:05:01.000Z', 17, TIME_LAYOUT.shortYear],
  ['250201 140501 x', '2025-02-01T14:05:01.000Z', 13, TIME_LAYOUT.compactShortYear],
  ['250201  4:05:01 x', '2025-02-01T04:05:01.000Z', 15, TIME_LAYOUT.compactShortYear],
  ['02.01 14:05:01] x', '2025-02-01T14:05:01.000Z', 14, TIME_LAYOUT.monthDay],
  ['10-30 14:05:01.811 x', '2024-10-30T14:05:01.811Z', 18, TIME_LAYOUT.monthDay],
  ['01/Feb/2025:14:05:01 +0900] x', '2025-02-01T05:05:01.000Z', 26, TIME_LAYOUT.dayMonthName],
  ['01 Feb 2025 14:05:01.123 x', '2025-02-01T14:05:01.123Z', 24, TIME_LAYOUT.dayMonthName],
  ['Sat, 01 Feb 2025 14:05:01 GMT x', '2025-02-01T14:05:01.000Z', 29, TIME_LAYOUT.dayMonthName],
  ['Sat Feb 01 14:05:01 2025] x', '2025-02-01T14:05:01.000Z', 24, TIME_LAYOUT.ctime],
  ['Sat Feb  1 14:05:01.123456 2025] x', '2025-02-01T14:05:01.123Z', 31, TIME_LAYOUT.ctime],
  ['Sat Feb 01 14:05:01 KST 2025 x', '2025-02-01T05:05:01.000Z', 28, TIME_LAYOUT.ctime],
  ['Feb  1 14:05:01 host x', '2025-02-01T14:05:01.000Z', 15, TIME_LAYOUT.monthNameDay],
  ['Jun 14 15:16:01 host x', '2024-06-14T15:16:01.000Z', 15, TIME_LAYOUT.monthNameDay],
  ['Mar  2 11:59:59 host x', '2025-03-02T11:59:59.000Z', 15, TIME_LAYOUT.monthNameDay],
  ['Mar  2 12:00:01 host x', '2024-03-02T12:00:01.000Z', 15, TIME_LAYOUT.monthNameDay],
  ['Feb 29 12:00:01 host x', '2024-02-29T12:00:01.000Z', 15, TIME_LAYOUT.monthNameDay],
  ['Jun 14 2023 15:16:01 x', '2023-06-14T15:16:01.000Z', 20, TIME_LAYOUT.monthNameDay],
  ['Feb 01, 2025 2:05:01 PM x', '2025-02-01T14:05:01.000Z', 23, TIME_LAYOUT.monthNameDay],
  ['01-02-2025 14:05:01 x', '2025-01-02T14:05:01.000Z', 19, TIME_LAYOUT.dayMonthYear],
  ['31-01-2025 14:05:01 x', '2025-01-31T14:05:01.000Z', 19, TIME_LAYOUT.dayMonthYear],
  ['02.01.2025 14:05:01 x', '2025-01-02T14:05:01.000Z', 19, TIME_LAYOUT.dayMonthYear],
  ['02/01/2025 2:05:01 PM x', '2025-02-01T14:05:01.000Z', 21, TIME_LAYOUT.dayMonthYear],
  ['1738418701 x', '2025-02-01T14:05:01.000Z', 10, TIME_LAYOUT.epoch],
  ['1738418701.5 x', '2025-02-01T14:05:01.500Z', 12, TIME_LAYOUT.epoch],
  ['1738418701123 x', '2025-02-01T14:05:01.123Z', 13, TIME_LAYOUT.epoch],
  ['1738418701123456 x', '2025-02-01T14:05:01.123Z', 16, TIME_LAYOUT.epoch],
  ['1738418701123456789 x', '2025-02-01T14:05:01.123Z', 19, TIME_LAYOUT.epoch],
  ['2025년 2월 1일 오후 2:05:01 x', '2025-02-01T14:05:01.000Z', 22, TIME_LAYOUT.korean],
  ['2025년 2월 1일 14시 5분 1초 x', '2025-02-01T14:05:01.000Z', 21, TIME_LAYOUT.korean],
  ['2025년 2월 1일 오후 2시 5분 x', '2025-02-01T14:05:00.000Z', 20, TIME_LAYOUT.korean],
  ['11:05:01.123 x', '2025-03-01T11:05:01.123Z', 12, TIME_LAYOUT.timeOnly],
  // A clock may be a little fast; a time well after the reference was yesterday.
  ['12:04:59.000 x', '2025-03-01T12:04:59.000Z', 12, TIME_LAYOUT.timeOnly],
  ['12:05:01.000 x', '2025-02-28T12:05:01.000Z', 12, TIME_LAYOUT.timeOnly],
  ['14:05:01.123 x', '2025-02-28T14:05:01.123Z', 12, TIME_LAYOUT.timeOnly],
];

describe('the clock', () => {
  it.each(CLOCKS)('reads %s', (text, expected, length, layout) => {
    const found = findTimestamp(text, 0);
    expect(found).toEqual({ start: 0, end: length, layout });
    const body = encoder.encode(`x${text}`);
    const epochMs = readEpochMs(body, 1, layout, context('UTC'));
    expect(Number.isNaN(epochMs) ? 'NaN' : new Date(epochMs).toISOString()).toBe(expected);
  });

  it.each([
    ['2025-02-01 14:05:01', 'KST', '2025-02-01T05:05:01.000Z'],
    ['2025-02-01 14:05:01', 'Asia/Seoul', '2025-02-01T05:05:01.000Z'],
    ['2025-02-01 14:05:01', '-03:30', '2025-02-01T17:35:01.000Z'],
    ['2025-07-01 14:05:01', 'Europe/Berlin', '2025-07-01T12:05:01.000Z'],
    ['2025-01-01 14:05:01', 'Europe/Berlin', '2025-01-01T13:05:01.000Z'],
    ['2025-03-30 03:30:00', 'Europe/Berlin', '2025-03-30T01:30:00.000Z'],
    ['Mar  2 20:00:00', 'KST', '2025-03-02T11:00:00.000Z'],
    ['Mar  2 22:00:00', 'KST', '2024-03-02T13:00:00.000Z'],
    ['2025-02-01T14:05:01Z', 'KST', '2025-02-01T14:05:01.000Z'],
    ['2025년 2월 1일 오후 2:05:01', 'KST', '2025-02-01T05:05:01.000Z'],
    ['1738418701', 'KST', '2025-02-01T14:05:01.000Z'],
    ['20:59:00.000', 'KST', '2025-03-01T11:59:00.000Z'],
    ['21:30:00.000', 'KST', '2025-02-28T12:30:00.000Z'],
  ])('reads %s in %s', (text, zone, expected) => {
    expect(read(text, zone)).toBe(expected);
  });

  it.each(['10.0.0.1:8080 x', '2025 requests', '1.2.3', '192.168.10.20', 'Mayday 12', '0', '12:30', '1234567890abc', 'a2025-02-01', ''])('finds none in %s', (text) => {
    expect(findTimestamp(text, 0)).toBeNull();
  });

  it('agrees with Date on any instant', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true }), (date) => {
        expect(read(date.toISOString(), 'KST')).toBe(date.toISOString());
        const clf = `${date.toISOString().slice(8, 10)}/${date.toUTCString().slice(8, 11)}/${date.toISOString().slice(0, 4)}:${date.toISOString().slice(11, 19)} +0000`;
        expect(read(clf, 'KST')).toBe(`${date.toISOString().slice(0, 19)}.000Z`);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws on any bytes at any place', () => {
    const layouts = Object.values(TIME_LAYOUT);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 0, max: 60 }), fc.constantFrom(...layouts), (body, at, layout) => {
        expect(typeof readEpochMs(body, at, layout, context('UTC'))).toBe('number');
      }),
    );
  });

  it('finds only what it was asked for', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 0, max: 70 }), (line, at) => {
        const found = findTimestamp(line, at);
        expect(found === null || (found.start === at && found.end > at && found.end <= line.length)).toBe(true);
      }),
    );
  });
});

describe('zoneOffset', () => {
  it.each([['UTC', 0], ['kst', 540], ['+09:00', 540], ['-0330', -210], ['UTC+9', 540], ['Asia/Seoul', 540], ['America/New_York', -300]])('%s', (zone, minutes) => {
    expect(zoneOffset(zone)(Date.UTC(2025, 0, 15))).toBe(minutes * 60_000);
  });
  it.each(['Mars/Base', '', '+99:00', 'constructor'])('refuses %s', (zone) => {
    const attempt = (): unknown => zoneOffset(zone);
    expect(attempt).toThrow(AppError);
    expect(attempt).toThrow(expect.objectContaining({ code: 'timezone_unknown', hint: expect.stringContaining('Asia/Seoul') as string }) as Error);
  });
});

describe('epochOf', () => {
  it.each<[string | number, number]>([
    ['2025-02-01T14:05:01.5Z', 1_738_418_701_500],
    [' 1738418701123 ', 1_738_418_701_123],
    [1_738_418_701, 1_738_418_701_000],
    [1_738_418_701.25, 1_738_418_701_250],
    [1_738_418_701_123, 1_738_418_701_123],
    [1_738_418_701_123_456, 1_738_418_701_123],
    [1_738_418_701_123_456_800, 1_738_418_701_123],
    ['yesterday', Number.NaN],
    [12, Number.NaN],
    [Number.POSITIVE_INFINITY, Number.NaN],
  ])('%s', (value, expected) => {
    expect(epochOf(value, context('UTC'))).toBe(expected);
  });
});
