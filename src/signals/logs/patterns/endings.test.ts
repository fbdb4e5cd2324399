import { describe, expect, it } from 'vitest';
import { mineTemplates } from './mine.ts';
import { tokenize } from './tokenize.ts';

const templatesOf = (lines: readonly string[]): readonly string[] => mineTemplates(lines.map((line) => ({ tokens: tokenize(line), count: 1 }))).templates;

const statements = ['glaze "<g7>" does not exist', 'tray is missing', 'no kiln by that name'];

describe('endings', () => {
  it('that several statements come with and without belong to none', () => {
    const lines = statements.flatMap((text) => [text, `${text} at line 15`]);
    expect(templatesOf(lines)).toHaveLength(statements.length);
    expect(templatesOf(lines.toReversed())).toHaveLength(statements.length);
  });

  it.each([
    ['a statement never comes without', [...statements.flatMap((text) => [text, `${text} at line 15`]), 'lid broke at line 7'], statements.length + 1],
    ['two statements only come both ways', statements.slice(1).flatMap((text) => [text, `${text} at line 15`]), 4],
    ['no preposition begins', statements.flatMap((text) => [text, `${text} stopped line 15`]), statements.length * 2],
  ])('stay where %s', (_, lines, count) => {
    expect(templatesOf(lines)).toHaveLength(count);
  });
});
