/** Every shell block of these pages is run, and what the page shows of its output is what it prints. */
import { describe, expect, it } from 'vitest';
import { PAGES, readPage, RUN_PAGES, shellBlocks } from './pages.ts';
import { comparable, excerpt, runExamples } from './run-examples.ts';

describe.each(RUN_PAGES)('%s', (page) => {
  const blocks = shellBlocks(readPage(page));
  const runs = runExamples(blocks);

  it('has shell blocks', () => {
    expect(blocks.length).toBeGreaterThan(0);
  });

  it.each(runs)('runs: $block.script', ({ code, output }) => {
    expect({ code, output }).toEqual({ code: 0, output });
  });

  it.each(runs.flatMap(({ block, output }) => block.outputs.map((shown) => ({ script: block.script, shown, output }))))(
    'shows what is printed by: $script (node scripts/docs-examples.mjs brings the page in step)',
    ({ shown, output }) => {
      expect(comparable(shown.text)).toBe(comparable(excerpt(output, shown)));
    },
  );
});

it('says of every other shell block why it is not run', () => {
  const generated = ['docs/reference/cli.md', 'docs/benchmarks.md'];
  const others = PAGES.filter((page) => !RUN_PAGES.some((run) => run === page) && !generated.includes(page));
  expect(others.flatMap((page) => shellBlocks(readPage(page)).filter(({ notRun }) => notRun === null).map(({ script }) => `${page}: ${script}`))).toEqual([]);
});
