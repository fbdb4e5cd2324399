/** The folder of package.json: above src/ in a clone, above dist/ when compiled, whatever the depth. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAX_DEPTH = 8;

export const packageRoot = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let depth = 0; depth < MAX_DEPTH && !existsSync(join(folder, 'package.json')); depth++) folder = dirname(folder);
  return folder;
};
