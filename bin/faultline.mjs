#!/usr/bin/env node
// Starts Faultline on any Node >= 20: the compiled program, or in a clone that is not compiled yet the sources with a
// Node that strips types. Kept free of dependencies and syntax that an old Node would not read.
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const compiled = join(root, 'dist', 'main.cjs');
const source = join(root, 'src', 'main.ts');

const runSources = async () => {
  if (process.features.typescript) return import(pathToFileURL(source).href);
  const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(node)) {
    process.stderr.write('faultline: this copy is not compiled yet.\n  Run "npm ci" in its folder and try again.\n');
    process.exitCode = 2;
    return undefined;
  }
  const { spawn } = await import('node:child_process');
  const child = spawn(node, [source, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches the child by itself (same process group); stay alive to pass its answer on.
  const forward = (signal) => child.kill(signal);
  process.on('SIGINT', () => {});
  process.on('SIGTERM', forward);
  child.on('error', (error) => {
    process.stderr.write(`faultline: cannot start ${node}: ${error.message}\n`);
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = signal === 'SIGINT' ? 130 : (code ?? 143);
  });
  return undefined;
};

/** Whoever changed the sources and runs what was compiled before is told so, once the work is done: to look takes as long as to start. */
const warnIfStale = async () => {
  if (!process.stderr.isTTY || !existsSync(source)) return;
  const { isStale } = await import('../scripts/is-stale.mjs');
  if (isStale(root)) process.stderr.write('faultline: the sources are newer than the compiled program; "npm run build" compiles them.\n');
};

if (existsSync(compiled)) {
  // Commands are single words; whatever else stands first is a mistake that ends at once.
  const use = /^[a-z]{1,20}$/.exec(process.argv[2] ?? '')?.[0] ?? 'other';
  nodeModule.createRequire(import.meta.url)('./load.cjs').start('main.cjs', use);
  process.once('beforeExit', () => void warnIfStale());
} else await runSources();
