/** The files of a capsule that is a directory. */
import type { Dirent } from 'node:fs';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../shared/errors.ts';
import type { CapsuleFile } from './capsule-file.ts';
import { diskFile } from './capsule-file.ts';

export const MAX_FILES = 100_000;
const MAX_DEPTH = 16;

/** Every regular file below `root` by path; links are followed only to files. */
export const directoryFiles = (root: string, gaps: string[]): CapsuleFile[] => {
  const files: CapsuleFile[] = [];
  const visit = (folder: string, depth: number): void => {
    for (const entry of entriesOf(join(root, folder), folder, gaps)) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (files.length >= MAX_FILES) return;
      if (entry.isDirectory()) {
        if (depth < MAX_DEPTH) visit(path, depth + 1);
        else gaps.push(`${path}: folders nested deeper than ${MAX_DEPTH} are not read.`);
      } else addFile(root, path, files, gaps);
    }
  };
  visit('', 0);
  if (files.length >= MAX_FILES) gaps.push(`The capsule has more than ${MAX_FILES} files; the rest is not read.`);
  return files;
};

const addFile = (root: string, path: string, files: CapsuleFile[], gaps: string[]): void => {
  const full = join(root, path);
  try {
    const stat = statSync(full);
    // Pipes and devices could block for ever.
    if (stat.isFile()) files.push(diskFile(full, path, stat.size));
  } catch (error) {
    gaps.push(`${path}: could not be read (${messageOf(error)}).`);
  }
};

const entriesOf = (full: string, folder: string, gaps: string[]): Dirent[] => {
  try {
    return readdirSync(full, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    gaps.push(`${folder}: could not be read (${messageOf(error)}).`);
    return [];
  }
};
