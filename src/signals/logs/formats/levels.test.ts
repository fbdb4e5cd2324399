import { describe, expect, it } from 'vitest';
import { levelOfField, levelOfHttpStatus, levelOfNumber, levelOfOtel, levelOfPythonNumber, levelOfSyslog, levelOfWord } from './levels.ts';

describe('levels', () => {
  it.each([
    ['INFO', 'INFO'], ['info', 'INFO'], ['Information', 'INFO'], ['notice', 'INFO'], ['WARN', 'WARN'], ['warning', 'WARN'], ['WRN', 'WARN'],
    ['err', 'ERROR'], ['ERROR', 'ERROR'], ['severe', 'ERROR'], ['fatal', 'FATAL'], ['crit', 'FATAL'], ['Critical', 'FATAL'], ['emerg', 'FATAL'],
    ['panic', 'FATAL'], ['alert', 'FATAL'], ['debug', 'DEBUG'], ['DBG', 'DEBUG'], ['trace', 'TRACE'], ['finest', 'TRACE'],
    ['fine', null], ['log', null], ['success', null], ['house', null], ['constructor', null], ['', null],
  ])('the word %s is %s', (word, level) => {
    expect(levelOfWord(word)).toBe(level);
  });
  it.each([['fine', 'DEBUG'], [' INFO ', 'INFO'], ['I', 'INFO'], ['w', 'WARN'], ['LOG', 'INFO'], ['x', null], ['toString', null], ['INFO and a lot more of it', null]])('the field %s is %s', (value, level) => {
    expect(levelOfField(value)).toBe(level);
  });
  it.each([[10, 'TRACE'], [20, 'DEBUG'], [30, 'INFO'], [35, 'WARN'], [40, 'WARN'], [50, 'ERROR'], [60, 'FATAL'], [5000, 'TRACE'], [10_000, 'DEBUG'], [20_000, 'INFO'], [40_000, 'ERROR'], [0, 'FATAL'], [3, 'ERROR'], [4, 'WARN'], [7, 'DEBUG'], [-1, null], [Number.NaN, null]])(
    'the number %s is %s',
    (value, level) => {
      expect(levelOfNumber(value)).toBe(level);
    },
  );
  it('knows the scales of syslog, Python, OpenTelemetry and HTTP', () => {
    expect([0, 2, 3, 4, 5, 6, 7, 8].map(levelOfSyslog)).toEqual(['FATAL', 'FATAL', 'ERROR', 'WARN', 'INFO', 'INFO', 'DEBUG', null]);
    expect([10, 20, 30, 40, 50].map(levelOfPythonNumber)).toEqual(['DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']);
    expect([1, 5, 9, 13, 17, 21, 24, 25, 0].map(levelOfOtel)).toEqual(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL', 'FATAL', null, null]);
    expect([200, 304, 401, 403, 404, 499, 500, 503, 599, 700, 42].map(levelOfHttpStatus)).toEqual(['INFO', 'INFO', 'WARN', 'WARN', 'WARN', 'WARN', 'ERROR', 'ERROR', 'ERROR', null, null]);
  });
});
