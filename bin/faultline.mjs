#!/usr/bin/env node
// Starts Faultline on any Node >= 20: the compiled program where it is up to date, else (in a clone) the sources
// with a Node that strips types. Kept free of dependencies and syntax that an old Node would not read.
import { existsSync, readdirSync, statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const compiled = join(root, 'dist', 'main.js');
const source = join(root, 'src', 'main.ts');

/** Is any source file younger than `builtMs`? Tests do not count: they are not compiled. */
const hasNewer = (folder, builtMs) =>
  readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return hasNewer(path, builtMs);
    return !entry.name.endsWith('.test.ts') && statSync(path).mtimeMs > builtMs;
  });

const isCurrent = () => {
  const built = statSync(compiled, { throwIfNoEntry: false });
  if (built === undefined) return false;
  return !existsSync(source) || !hasNewer(dirname(source), built.mtimeMs);
};

const runSources = async () => {
  if (process.features.typescript) return import(pathToFileURL(source).href);
  const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(node)) {
    process.stderr.write(
      existsSync(compiled)
        ? 'faultline: the sources are newer than the compiled program.\n  Run "npm run build" and try again.\n'
        : 'faultline: this copy is not compiled yet.\n  Run "npm ci" in its folder and try again.\n',
    );
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

// What was compiled once is kept for the next start, by Nodes that can (22.8 and later).
nodeModule.enableCompileCache?.();

if (isCurrent()) await import(pathToFileURL(compiled).href);
else await runSources();
