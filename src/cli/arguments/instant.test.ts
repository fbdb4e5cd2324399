import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from './instant.ts';
import { zoneOf } from './zone.ts';

const zone = (name: string) => {
  const found = zoneOf(name);
  if (found === null) throw new Error(name);
  return found;
};
/** A Saturday. */
const NOW = Date.parse('2026-11-21T10:00:00Z');
const inZone = (text: string, name = 'UTC', after?: string): string | null => {
  const at = parseInstant(text, { nowMs: NOW, zone: zone(name), ...(after === undefined ? {} : { after: Date.parse(after) }) });
  return at === null ? null : new Date(at).toISOString();
};

describe('times as people type them', () => {
  it.each([
    ['now', '2026-11-21T10:00:00.000Z'],
    ['-3h', '2026-11-21T07:00:00.000Z'],
    ['90m', '2026-11-21T08:30:00.000Z'],
    ['2d12h', '2026-11-18T22:00:00.000Z'],
    ['1.5 hours ago', '2026-11-21T08:30:00.000Z'],
    ['30 min ago', '2026-11-21T09:30:00.000Z'],
    ['500ms', '2026-11-21T09:59:59.500Z'],
    ['today', '2026-11-21T00:00:00.000Z'],
    ['yesterday', '2026-11-20T00:00:00.000Z'],
    ['yesterday 14:00', '2026-11-20T14:00:00.000Z'],
    ['Yesterday at 2pm', '2026-11-20T14:00:00.000Z'],
    ['monday 09:00', '2026-11-16T09:00:00.000Z'],
    ['sat', '2026-11-21T00:00:00.000Z'],
    ['09:10', '2026-11-21T09:10:00.000Z'],
    ['10:01', '2026-11-20T10:01:00.000Z'],
    ['23:59:58.25', '2026-11-20T23:59:58.250Z'],
    ['12am', '2026-11-21T00:00:00.000Z'],
    ['Jun 19 11:22', '2026-06-19T11:22:00.000Z'],
    ['19 June', '2026-06-19T00:00:00.000Z'],
    ['Dec 24', '2025-12-24T00:00:00.000Z'],
    ['Feb 29', '2024-02-29T00:00:00.000Z'],
    ['Jun 19, 2024 11:22:33', '2024-06-19T11:22:33.000Z'],
    ['2025-02-01', '2025-02-01T00:00:00.000Z'],
    ['2025/02/01 14:05', '2025-02-01T14:05:00.000Z'],
    ['2025-02-01T14:05:01.214Z', '2025-02-01T14:05:01.214Z'],
    ['2025-02-01T14:05Z', '2025-02-01T14:05:00.000Z'],
    ['2025-02-01 14:05:01,214 +09:00', '2025-02-01T05:05:01.214Z'],
    ['2025-02-01T14:05:01-0330', '2025-02-01T17:35:01.000Z'],
    ['1738418701', '2025-02-01T14:05:01.000Z'],
    ['1738418701214', '2025-02-01T14:05:01.214Z'],
    ['1738418701214000000', '2025-02-01T14:05:01.214Z'],
  ])('%s', (text, expected) => {
    expect(inZone(text)).toBe(expected);
  });

  it.each(['', 'soon', '25:00', '12:60', '2025-02-30', 'Feb 30', '2025-13-01', '3x', '-', '--', 'yesterday noonish', '12345', '13pm', 'junk 2025-02-01', 'x'.repeat(1000)])('%j is none', (text) => {
    expect(inZone(text)).toBeNull();
  });

  it.each([
    ['2025-02-01 14:05', 'Asia/Seoul', '2025-02-01T05:05:00.000Z'],
    ['2025-02-01 14:05', 'KST', '2025-02-01T05:05:00.000Z'],
    ['2025-02-01 14:05', '+09:00', '2025-02-01T05:05:00.000Z'],
    ['2025-07-01 12:00', 'Europe/Berlin', '2025-07-01T10:00:00.000Z'],
    ['2025-01-01 12:00', 'Europe/Berlin', '2025-01-01T11:00:00.000Z'],
    ['today', 'Asia/Seoul', '2026-11-20T15:00:00.000Z'],
    ['today', 'America/Los_Angeles', '2026-11-21T08:00:00.000Z'],
    ['2025-02-01T14:05Z', 'Asia/Seoul', '2025-02-01T14:05:00.000Z'],
  ])('%s in %s', (text, name, expected) => {
    expect(inZone(text, name)).toBe(expected);
  });

  it.each([
    ['15:00', '2025-02-01T14:00:00Z', '2025-02-01T15:00:00.000Z'],
    ['13:00', '2025-02-01T14:00:00Z', '2025-02-02T13:00:00.000Z'],
    ['+10m', '2025-02-01T14:00:00Z', '2025-02-01T14:10:00.000Z'],
    ['-1h', '2025-02-01T14:00:00Z', '2026-11-21T09:00:00.000Z'],
  ])('the end %s after %s', (text, after, expected) => {
    expect(inZone(text, 'UTC', after)).toBe(expected);
  });

  it('reads back every instant that toISOString writes', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1971-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }), (date) => {
        expect(inZone(date.toISOString())).toBe(date.toISOString());
      }),
    );
  });

  it.each([
    ['of the right letters', fc.string({ unit: fc.constantFrom(...Array.from('0123456789:-+/. tzTZapmhdjunago')) })],
    ['of any kind', fc.string()],
  ])('text %s gives an instant that a Date can hold, or null', (_name, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const at = parseInstant(text, { nowMs: NOW, zone: zone('Asia/Seoul') });
        expect(at === null || !Number.isNaN(new Date(at).getTime())).toBe(true);
      }),
    );
  });
});

describe('zones', () => {
  it.each(['Mars/Base', '', '+25:00', 'KSTT'])('%j is none', (name) => {
    expect(zoneOf(name)).toBeNull();
  });

  it.each(['UTC', 'Asia/Seoul', '+05:45', 'America/New_York'])('%s goes there and back', (name) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (at) => {
        const back = zone(name).toEpochMs(zone(name).toWall(at));
        // In the hour that a clock shows twice, the other one of the two may come back.
        expect(Math.abs(back - at) % 3_600_000).toBe(0);
        expect(Math.abs(back - at)).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });
});
