// Writes docs/reference/cli.md from the commands' declarations. Run with Node >= 24: node scripts/docs-cli.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { referencePage } from '../src/cli/help/reference-page.ts';
import { catalogue } from '../src/cli/registry.ts';

const path = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs', 'reference', 'cli.md');
mkdirSync(dirname(path), { recursive: true });
writeFileSync(path, referencePage(await catalogue.loadSpecs()));
