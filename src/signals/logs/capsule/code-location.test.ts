import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeLocationOf } from './code-location.ts';

describe('codeLocationOf', () => {
  it.each([
    ['10:00:01.123 INFO c.shop.OrderService#42 created', 'c.shop.OrderService', '42'],
    ['ERROR (OrderService.java:42) created', 'OrderService.java', '42'],
    ['I0101 10:00:01 1 pkg/server/handler.go:17] listening on 10.0.0.1:8080', 'pkg/server/handler.go', '17'],
    ['[app/views.py:9] GET /', 'app/views.py', '9'],
  ])('%s', (text, unit, line) => {
    expect(codeLocationOf(text)).toEqual({ unit, line });
  });

  it.each(['', 'closes issue#12', '10:00:01 listening on shop.example:8080', 'at 10:00:01', 'Type#', 'Main.java:', 'x.java:12345678', `${'x'.repeat(300)} A.java:1`])('%s has none', (text) => {
    expect(codeLocationOf(text)).toBeNull();
  });

  it('never throws and finds only what is in the text', () => {
    const isThere = (text: string): boolean => {
      const found = codeLocationOf(text);
      return found === null || text.includes(`${found.unit}#${found.line}`) || text.includes(`${found.unit}:${found.line}`);
    };
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('A', '.', '#', ':', '1', 'java', '/', ' ') }), (text) => {
      expect(isThere(text)).toBe(true);
    }));
  });
});
