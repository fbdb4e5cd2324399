// Compiles wasm/line-scanner.ts (AssemblyScript) into a module that carries the WebAssembly as text.
// Only where it changed: a younger file would make the compiled program look out of date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

// The memory is shared with the thread that scans ahead.
const FLAGS = ['--optimizeLevel', '3', '--shrinkLevel', '0', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--enable', 'threads', '--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '1024'];

/** @throws what the compiler says */
export const buildWasm = async (root) => {
  let bytes = null;
  const { error } = await asc.main(['line-scanner.ts', '--outFile', 'line-scanner.wasm', ...FLAGS], {
    readFile: (name) => (existsSync(join(root, 'wasm', name)) ? readFileSync(join(root, 'wasm', name), 'utf8') : null),
    writeFile: (_name, data) => void (bytes = data),
    listFiles: () => [],
  });
  if (error !== null || bytes === null) throw new Error(`wasm/line-scanner.ts does not compile\n${String(error)}`);
  const target = join(root, 'src', 'signals', 'logs', 'line-scanner.gen.ts');
  const text = `/** Generated from wasm/line-scanner.ts by scripts/build-wasm.mjs. */\nexport const LINE_SCANNER_WASM =\n  '${Buffer.from(bytes).toString('base64')}';\n`;
  if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
};
