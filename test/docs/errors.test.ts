/** docs/errors.md and the codes of AppError in src/ name each other. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MODEL_ERROR_CODES } from '../../src/ports/model-error.ts';
import { readPage, ROOT } from './pages.ts';

const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => ({ file, text: readFileSync(join(ROOT, 'src', file), 'utf8') }));

/** Codes by the text after `new AppError({ … code: '…'`, over lines. */
const thrown = new Set(sources.flatMap(({ text }) => [...text.matchAll(/new AppError\(\{[^}]*?\bcode: '([a-z_]+)'/g)].map((match) => match[1] ?? '')));
const documented = [...readPage('docs/errors.md').matchAll(/^### `([a-z_]+)`$/gm)].map((match) => match[1] ?? '');

describe('docs/errors.md', () => {
  it('finds codes in the source', () => {
    expect(thrown.size).toBeGreaterThan(4);
  });

  it('has every code that is thrown', () => {
    expect([...thrown].filter((code) => !documented.includes(code))).toEqual([]);
  });

  it('has no code that is not thrown', () => {
    expect(documented.filter((code) => !thrown.has(code))).toEqual([]);
  });

  it('has each code once, in alphabetic order', () => {
    expect(documented).toEqual([...new Set(documented)].sort());
  });

  it('misses no code: each AppError is made with a literal one', () => {
    const made = sources.filter(({ file }) => file !== 'shared/errors.ts').flatMap(({ file, text }) => Array.from(text.matchAll(/new AppError\(/g), () => file));
    const literal = sources.flatMap(({ file, text }) => Array.from(text.matchAll(/new AppError\(\{[^}]*?\bcode: '[a-z_]+'/g), () => file));
    expect(literal).toEqual(made);
  });

  it('has every way in which a model fails', () => {
    const told = [...readPage('docs/errors.md').matchAll(/^\| `(model_[a-z_]+)` \|/gm)].map((match) => match[1]);
    expect(told).toEqual(MODEL_ERROR_CODES);
  });
});
