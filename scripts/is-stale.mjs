// Whether the compiled program is older than the sources it was made from.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Is any source file in the folder younger than `builtMs`? Tests do not count: they are not compiled. */
const hasNewer = (folder, builtMs) =>
  readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return hasNewer(path, builtMs);
    return !entry.name.endsWith('.test.ts') && statSync(path).mtimeMs > builtMs;
  });

/** @param root the checkout */
export const isStale = (root) => {
  const built = statSync(join(root, 'dist', 'main.cjs'), { throwIfNoEntry: false });
  return built === undefined || ['src', 'wasm'].some((folder) => hasNewer(join(root, folder), built.mtimeMs));
};
