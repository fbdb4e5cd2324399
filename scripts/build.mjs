// Compiles src/ to dist/. Runs on any Node >= 20, so `npm ci` is enough on a machine with an old system Node.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
if (!existsSync(tsc)) {
  console.error('faultline: the compiler is not installed; run "npm ci" (with dev dependencies) first');
  process.exit(1);
}
const { buildWasm } = await import('./build-wasm.mjs');
await buildWasm(root);
const result = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json'), '--noEmit'], { stdio: 'inherit', cwd: root });
if (result.status !== 0) process.exit(result.status ?? 1);

// Some hundred small modules cost a command line more time to find than to run: they become one file a command.
// Packages stay outside; names stay readable for stack traces. Threads have entries of their own.
const { rolldown } = await import('rolldown');
const THREADS = { 'scan-thread': 'src/cli/logs/scan-thread.ts', 'log-thread': 'src/cli/capsule/log-thread.ts' };
const bundle = await rolldown({ cwd: root, input: { main: 'src/main.ts', ...THREADS }, platform: 'node', external: (id) => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('src/') });
const built = join(root, `dist.${process.pid}`);
await bundle.write({ dir: built, format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' });
await bundle.close();

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
