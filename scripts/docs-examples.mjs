// Runs the shell blocks of the pages and writes what they print into the text blocks below them.
// Run with Node >= 24: node scripts/docs-examples.mjs [PAGE…]
import { readFileSync, writeFileSync } from 'node:fs';
import { RUN_PAGES, shellBlocks } from '../test/docs/pages.ts';
import { excerpt, runExamples } from '../test/docs/run-examples.ts';

const pages = process.argv.length > 2 ? process.argv.slice(2) : RUN_PAGES;
for (const page of pages) {
  let text = readFileSync(page, 'utf8');
  const runs = runExamples(shellBlocks(text));
  const edits = runs.flatMap(({ block, code, output }) => {
    if (code !== 0) throw new Error(`${page}: exit code ${code} of\n${block.script}\n${output}`);
    return block.outputs.map((shown) => ({ start: shown.start, end: shown.end, text: excerpt(output, shown) }));
  });
  // From the end, so that places stay true.
  for (const edit of edits.toReversed()) text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  writeFileSync(page, text);
  console.log(`${page}: ${runs.length} blocks run, ${edits.length} outputs written`);
}
