/** What the file system knows of a file, without a failure: whoever reads it says what is wrong with it. */
import { type Stats, statSync } from 'node:fs';

/** Null where there is no such file, or nobody may know. */
const statOf = (path: string): Stats | null => {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
};

/** Epoch milliseconds of the last change. */
export const modifiedMs = (path: string): number | null => statOf(path)?.mtimeMs ?? null;

/** Size of a regular file; 0 for anything else. */
export const sizeBytes = (path: string): number => {
  const stat = statOf(path);
  return stat?.isFile() === true ? stat.size : 0;
};
