import { array, assert, constantFrom, oneof, property, stringMatching } from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as vocabulary from './key-vocabulary.ts';
import { mayBeSensitive } from './key-endings.ts';
import { classifyKey } from './sensitive-keys.ts';

/** Every word that the rules name: the vocabulary's sets, and the literals in the rules and patterns. */
const WORDS = [
  ...new Set([
    ...Object.values(vocabulary).flatMap((value) => (value instanceof Set ? [...(value as ReadonlySet<string>)] : [])),
    ...['sensitive-keys.ts', 'key-vocabulary.ts'].flatMap((file) => readFileSync(new URL(file, import.meta.url), 'utf8').match(/[a-z][a-z0-9]+/g) ?? []),
  ]),
];

describe('the endings of sensitive keys', () => {
  it('hold back no key that a rule asks for, alone or composed', () => {
    const forms = WORDS.flatMap((word) => [word, `${word}2`, word.toUpperCase(), `db_${word}`, `user${word}`, `x.${word}.1`]);
    expect(forms.filter((key) => classifyKey(key) !== null && !mayBeSensitive(key))).toEqual([]);
    expect(forms.filter((key) => classifyKey(key) !== null).length).toBeGreaterThan(WORDS.length);
    const part = oneof({ weight: 4, arbitrary: constantFrom(...WORDS) }, { weight: 1, arbitrary: stringMatching(/^[a-zA-Z]{1,8}$/) });
    const glue = constantFrom('_', '-', '.', '');
    assert(
      property(array(part, { minLength: 1, maxLength: 4 }), glue, constantFrom(0, 1, 2), (parts, between, style) => {
        const key = parts.map((word, at) => (style === 1 ? word.toUpperCase() : style === 2 && at > 0 ? word.charAt(0).toUpperCase() + word.slice(1) : word)).join(between);
        return classifyKey(key) === null || mayBeSensitive(key);
      }),
      { numRuns: 4000 },
    );
  });

  it('pass over most other keys', () => {
    const others = ['duration_ms', 'status', 'method', 'level', 'thread', 'url', 'bytes', 'retries', 'queue', 'region', 'elapsed', 'logger', 'pid', 'msg'];
    expect(others.filter((key) => mayBeSensitive(key)).length).toBeLessThan(others.length / 3);
  });
});
