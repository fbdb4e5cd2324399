import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { referencePage } from '../../src/cli/help/reference-page.ts';
import { catalogue } from '../../src/cli/registry.ts';
import { ROOT } from './run-faultline.ts';

it('docs/reference/cli.md is in step with the commands (node scripts/docs-cli.mjs)', async () => {
  expect(readFileSync(join(ROOT, 'docs/reference/cli.md'), 'utf8')).toBe(referencePage(await catalogue.loadSpecs()));
});

it('every option and command is described in every language', async () => {
  for (const spec of await catalogue.loadSpecs()) {
    const texts = [spec.summary, ...spec.description, ...spec.options.map(({ summary }) => summary), ...spec.examples.map(({ summary }) => summary)];
    expect(texts.filter(({ en, ko }) => !/\w/.test(en) || !/[가-힣]|bash|zsh|fish|JSON/.test(ko))).toEqual([]);
  }
});
