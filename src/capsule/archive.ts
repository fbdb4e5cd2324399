/** The files of a capsule that is a .zip, .tar, .tar.gz or .tgz. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { AppError } from '../shared/errors.ts';
import type { CapsuleFile } from './capsule-file.ts';
import { MAX_PART_BYTES, bounded, capsuleFile, diskChunks } from './capsule-file.ts';
import { inflated } from './inflate.ts';
import { tarEntries } from './tar.ts';
import { zipEntries } from './zip.ts';

/** One member as it streams by: `chunks` must be read before the next entry is asked for. */
export interface ArchiveEntry {
  readonly path: string;
  readonly chunks: Iterable<Uint8Array>;
}

/** Compressed bytes kept in memory for one archive; a member that goes over is cut off there. */
const MAX_KEPT_BYTES = 268_435_456;
const MAX_ENTRIES = 100_000;
const BLOCK_BYTES = 1_048_576;

/**
 * Reads an archive once, keeping its members compressed in memory, and returns them by path.
 * Members outside the archive's folder (absolute, `..`, drive letters) are refused, links and devices ignored.
 * @throws AppError `input_unreadable` where the file is neither.
 */
export const archiveFiles = (path: string, gaps: string[], signal: AbortSignal | undefined): CapsuleFile[] => {
  const onCut = (reason: string): number => gaps.push(`${path}: the archive is cut off or damaged (${reason}); members up to there were read.`);
  const kept = new Map<string, Member>();
  let keptBytes = 0;
  for (const entry of entriesOf(path, onCut)) {
    signal?.throwIfAborted();
    const member = safePath(entry.path);
    if (member === null) gaps.push(`${JSON.stringify(entry.path)}: a member that points outside the archive was refused.`);
    else if (kept.has(member)) gaps.push(`${member}: is in the archive twice; the first was read.`);
    else if (kept.size >= MAX_ENTRIES || keptBytes >= MAX_KEPT_BYTES) {
      gaps.push(`${member} and later members: the archive is too large to be read whole.`);
      break;
    } else {
      const blocks = keep(entry.chunks, MAX_KEPT_BYTES - keptBytes);
      if (blocks.cut) gaps.push(`${member}: too large; ${blocks.rawBytes} bytes of it were read.`);
      keptBytes += blocks.sizeBytes;
      kept.set(member, blocks);
    }
  }
  return strippedOfFolder([...kept].sort(([a], [b]) => (a < b ? -1 : 1))).map(([member, blocks]) =>
    capsuleFile(member, blocks.rawBytes, () => unpacked(blocks)),
  );
};

const entriesOf = (path: string, onCut: (reason: string) => void): Iterable<ArchiveEntry> => {
  const stored = diskChunks(path, onCut);
  const name = path.toLowerCase();
  if (name.endsWith('.zip')) return zipEntries(stored, onCut);
  if (name.endsWith('.tar')) return tarEntries(bounded(stored, MAX_PART_BYTES, onCut), onCut);
  if (name.endsWith('.tar.gz') || name.endsWith('.tgz')) return tarEntries(bounded(inflated(stored, 'gzip', onCut), MAX_PART_BYTES, onCut), onCut);
  throw new AppError({ code: 'input_unreadable', message: `${path} is neither a directory nor a .zip, .tar, .tar.gz or .tgz archive`, hint: 'Give a capsule directory or one of these archives.' });
};

/** The path inside the archive, or null where it leaves it. */
const safePath = (path: string): string | null => {
  const parts = path.replaceAll('\\', '/').split('/').filter((part) => part !== '' && part !== '.');
  const outside = path.startsWith('/') || path.startsWith('\\') || /^[A-Za-z]:/.test(path) || path.includes('\0') || parts.includes('..');
  return outside || parts.length === 0 ? null : parts.join('/');
};

/** Archives often hold the capsule's folder; capsule.json shows where it lies. */
const strippedOfFolder = (members: readonly (readonly [string, Member])[]): (readonly [string, Member])[] => {
  const roots = members.map(([path]) => path).filter((path) => path === 'capsule.json' || path.endsWith('/capsule.json'));
  const root = roots.sort((a, b) => a.split('/').length - b.split('/').length)[0]?.slice(0, -'capsule.json'.length) ?? '';
  return members.filter(([path]) => path.startsWith(root)).map(([path, member]) => [path.slice(root.length), member]);
};

/** One member's stored bytes in blocks, each deflated where that helps. */
interface Member {
  readonly blocks: { readonly bytes: Uint8Array; readonly deflated: boolean }[];
  readonly sizeBytes: number;
  readonly rawBytes: number;
  readonly cut: boolean;
}

const keep = (chunks: Iterable<Uint8Array>, maxBytes: number): Member => {
  const blocks: { bytes: Uint8Array; deflated: boolean }[] = [];
  let sizeBytes = 0;
  let rawBytes = 0;
  let cut = false;
  for (const block of blocksOf(chunks)) {
    if (sizeBytes > maxBytes) {
      cut = true;
      continue;
    }
    const small = deflateRawSync(block, { level: 1 });
    const deflated = small.length < block.length * 0.9;
    const bytes = deflated ? small : block.slice();
    blocks.push({ bytes, deflated });
    sizeBytes += bytes.length;
    rawBytes += block.length;
  }
  return { blocks, sizeBytes, rawBytes, cut };
};

function* blocksOf(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  const block = new Uint8Array(BLOCK_BYTES);
  let filled = 0;
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const size = Math.min(chunk.length - at, BLOCK_BYTES - filled);
      block.set(chunk.subarray(at, at + size), filled);
      filled += size;
      at += size;
      if (filled === BLOCK_BYTES) {
        yield block;
        filled = 0;
      }
    }
  }
  if (filled > 0) yield block.subarray(0, filled);
}

function* unpacked({ blocks }: Member): Generator<Uint8Array> {
  for (const { bytes, deflated } of blocks) yield deflated ? inflateRawSync(bytes) : bytes;
}
