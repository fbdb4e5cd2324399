// Compiles src/ to dist/; with --if-stale only where dist/ is older. Runs on any Node >= 20, so `npm ci` is enough on a machine with an old system Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isStale } from './is-stale.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
if (!existsSync(tsc)) {
  console.error('faultline: the compiler is not installed; run "npm ci" (with dev dependencies) first');
  process.exit(1);
}
if (process.argv.includes('--if-stale') && !isStale(root)) process.exit(0);
const { buildWasm } = await import('./build-wasm.mjs');
await buildWasm(root);
const result = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json'), '--noEmit'], { stdio: 'inherit', cwd: root });
if (result.status !== 0) process.exit(result.status ?? 1);

// Some hundred small modules cost a command line more time to find than to run: they become one file a command.
// Packages stay outside, but for one of a few lines that can only be imported; names stay readable for stack traces.
const { rolldown } = await import('rolldown');
const THREADS = { 'scan-thread': 'src/cli/logs/scan-thread.ts', 'log-thread': 'src/cli/capsule/log-thread.ts' };
const BUNDLED = ['get-east-asian-width'];
/** What is loaded together is one file; a group imports only groups before it. */
const GROUPS = {
  base: /\/src\/(?:domain|shared|config\/environment|cli\/(?:run|registry|command|exit-codes|output|thread-entry|arguments|words|input\/failure-reason)\b|render\/json\.|signals\/logs\/time\/zone-)/,
  text: /\/src\/(?:render\/(?:words\/(?!report)|(?:authorship|digest-view|display-width|format-text|patterns-json|plain-text|resample|series-by-class|time-text|value-text)\.)|diagnosis\/digest\/words\/particles)/,
  scan: /\/src\/(?:signals\/logs\/(?:block-scanner|line-scanner|scan-memory|json-keys|formats\/field-names)|cli\/(?:logs\/scan-(?:ahead|ring)|input\/))/,
  logs: /\/src\/(?:signals\/logs\/(?!capsule)|cli\/logs\/(?:read-logs|load-masker))/,
  digest: /\/src\/(?:diagnosis\/digest\/(?!words\/particles)|cli\/logs\/(?:analyze-logs|present-digest|closer-look)|render\/terminal\/(?!report))/,
};
const groups = Object.entries(GROUPS).map(([name, test], at, all) => ({ name, test, priority: all.length - at }));
const bundle = await rolldown({
  cwd: root,
  input: { main: 'src/main.ts', ...Object.fromEntries(Object.entries(THREADS).map(([name, path]) => [`threads/${name}`, path])) },
  platform: 'node',
  preserveEntrySignatures: false,
  external: (id) => !BUNDLED.includes(id) && !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('src/'),
});
const built = join(root, `dist.${process.pid}`);
await bundle.write({
  dir: built,
  format: 'cjs',
  // Bytecode of a script cannot import; what it needs has a form that can be required, or is bundled.
  dynamicImportInCjs: false,
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name].cjs',
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  codeSplitting: { includeDependenciesRecursively: false, groups },
});
await bundle.close();

// One character in thousands is Korean: without it a file's text takes half the memory, and is read in half the time.
const hash = createHash('sha256');
for (const entry of readdirSync(built, { recursive: true }).toSorted((a, b) => (a < b ? -1 : 1))) {
  const path = join(built, entry);
  if (!entry.endsWith('.cjs')) continue;
  const text = readFileSync(path, 'utf8').replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  hash.update(text);
  writeFileSync(path, text);
}
// Bytecode that an earlier run left is good for this build only.
writeFileSync(join(built, 'build-id'), hash.digest('hex').slice(0, 16));
// Node starts a thread from a file of its own kind.
for (const name of Object.keys(THREADS)) writeFileSync(join(built, `${name}.cjs`), `require('../bin/load.cjs').start('threads/${name}.cjs', '${name}');\n`);

// Data files that the code reads at run time travel beside it.
const src = join(root, 'src');
for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || entry.name.endsWith('.ts')) continue;
  const from = join(entry.parentPath ?? entry.path, entry.name);
  cpSync(from, join(built, relative(src, from)));
}

// A build that fails or runs beside another leaves a whole program behind.
rmSync(join(root, 'dist'), { recursive: true, force: true });
renameSync(built, join(root, 'dist'));
