/** Is this path a capsule: a directory with capsule.json in it, or an archive of one? */
import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { detectContent } from './detect-content.ts';

const MANIFEST = 'capsule.json';
const LOOK_BYTES = 65_536;

/** First and last bytes: a tar names its files from the front, a zip at the end. */
const edges = (path: string): { head: Buffer; tail: Buffer } => {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const head = Buffer.alloc(Math.min(LOOK_BYTES, size));
    const tail = Buffer.alloc(Math.min(LOOK_BYTES, size));
    readSync(descriptor, head, 0, head.length, 0);
    readSync(descriptor, tail, 0, tail.length, size - tail.length);
    return { head, tail };
  } finally {
    closeSync(descriptor);
  }
};

const inflatedHead = async (head: Buffer): Promise<Buffer> => {
  const { gunzipSync, constants } = await import('node:zlib');
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 64 * LOOK_BYTES });
  } catch {
    return Buffer.alloc(0);
  }
};

const isArchivedCapsule = async (path: string): Promise<boolean> => {
  const { head, tail } = edges(path);
  const content = detectContent(head);
  if (content.kind === 'gzip') {
    const inner = await inflatedHead(head);
    const innerContent = detectContent(inner);
    return innerContent.kind === 'archive' && innerContent.name === 'tar' && inner.includes(MANIFEST);
  }
  if (content.kind !== 'archive') return false;
  if (content.name === 'zip') return tail.includes(MANIFEST) || head.includes(MANIFEST);
  return content.name === 'tar' && head.includes(MANIFEST);
};

/** False, too, for what cannot be read: reading it will say why. */
export const isCapsule = async (path: string): Promise<boolean> => {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return false;
    if (stat.isDirectory()) return existsSync(join(path, MANIFEST));
    return stat.isFile() && (await isArchivedCapsule(path));
  } catch {
    return false;
  }
};
