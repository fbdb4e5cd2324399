import { describe, expect, it } from 'vitest';
import { mineTemplates } from './mine.ts';
import { tokenize } from './tokenize.ts';

const templatesOf = (lines: readonly string[]): readonly string[] => mineTemplates(lines.map((line) => ({ tokens: tokenize(line), count: 1 }))).templates;

describe('what is told behind a form of to be', () => {
  it('is no verb of the sentence', () => {
    const doing = ['counting red tray glazes', 'counting lids', 'retry moving clay'];
    expect(templatesOf(doing.map((text, i) => `Potter ann@7 is ${text} on target shelf: ${i}`))).toHaveLength(doing.length);
  });
});
