/** Operands (files, directories, globs, `-`) ► a list of files to read, in a stable order. */
import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CliWords } from '../words/words.ts';
import { STANDARD_INPUT } from './byte-source.ts';
import { reasonOf } from './failure-reason.ts';

export interface InputFile {
  readonly path: string;
  /** As shown to people. */
  readonly name: string;
  /** Named by the user; false where a directory or a quoted glob led to it. */
  readonly explicit: boolean;
}

export interface InputList {
  readonly files: readonly InputFile[];
  readonly gaps: readonly string[];
  /** Some operand led nowhere. */
  readonly unreadable: boolean;
}

const MAX_FILES = 10_000;
const MAX_DEPTH = 32;
const GLOB_MARKS = /[*?[\]{}]/;

const byName = (a: Dirent, b: Dirent): number => (a.name < b.name ? -1 : Number(a.name > b.name));

interface Walk {
  readonly root: string;
  readonly files: InputFile[];
  readonly gaps: string[];
  readonly words: CliWords;
  hidden: number;
  unreadable: boolean;
}

/** A link to a file is followed, a link to a directory is not: it may lead in a circle. */
const isReadableFile = (entry: Dirent, path: string): boolean => {
  if (entry.isFile()) return true;
  return entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
};

const walkDirectory = (folder: string, depth: number, walk: Walk): void => {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true }).sort(byName);
  } catch (error) {
    walk.gaps.push(walk.words.cannotRead(folder, reasonOf(error)));
    walk.unreadable = true;
    return;
  }
  for (const entry of entries) {
    if (walk.files.length >= MAX_FILES) return;
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.')) walk.hidden++;
    else if (entry.isDirectory()) {
      if (depth < MAX_DEPTH) walkDirectory(path, depth + 1, walk);
    } else if (isReadableFile(entry, path)) walk.files.push({ path, name: path, explicit: false });
  }
};

const expandDirectory = (root: string, words: CliWords): InputList => {
  const walk: Walk = { root, files: [], gaps: [], words, hidden: 0, unreadable: false };
  walkDirectory(root, 0, walk);
  if (walk.hidden > 0) walk.gaps.push(words.hiddenSkipped(walk.hidden, root));
  if (walk.files.length >= MAX_FILES) walk.gaps.push(words.tooManyFiles(root, MAX_FILES));
  if (walk.files.length === 0) walk.gaps.push(words.emptyDirectory(root));
  return walk;
};

const expandGlob = async (pattern: string, words: CliWords): Promise<InputList> => {
  const { globSync } = await import('tinyglobby');
  const found = globSync(pattern, { onlyFiles: true, expandDirectories: false, followSymbolicLinks: false, deep: MAX_DEPTH }).sort();
  const files = found.slice(0, MAX_FILES).map((path) => ({ path, name: path, explicit: false }));
  if (found.length > MAX_FILES) return { files, gaps: [words.tooManyFiles(pattern, MAX_FILES)], unreadable: false };
  return { files, gaps: files.length === 0 ? [words.noGlobMatch(pattern)] : [], unreadable: files.length === 0 };
};

const expandOperand = async (operand: string, words: CliWords): Promise<InputList> => {
  if (operand === STANDARD_INPUT) return { files: [{ path: STANDARD_INPUT, name: 'stdin', explicit: true }], gaps: [], unreadable: false };
  try {
    const stat = statSync(operand, { throwIfNoEntry: false });
    if (stat?.isDirectory() === true) return expandDirectory(operand, words);
    if (stat !== undefined) return { files: [{ path: operand, name: operand, explicit: true }], gaps: [], unreadable: false };
  } catch (error) {
    return { files: [], gaps: [words.cannotRead(operand, reasonOf(error))], unreadable: true };
  }
  if (GLOB_MARKS.test(operand)) return expandGlob(operand, words);
  return { files: [], gaps: [words.noSuchFile(operand)], unreadable: true };
};

/** A file that several operands lead to is read once. */
export const expandPaths = async (operands: readonly string[], words: CliWords): Promise<InputList> => {
  const files = new Map<string, InputFile>();
  const gaps: string[] = [];
  let unreadable = false;
  for (const operand of operands) {
    const list = await expandOperand(operand, words);
    for (const file of list.files) if (!files.has(file.path)) files.set(file.path, file);
    gaps.push(...list.gaps);
    unreadable ||= list.unreadable;
  }
  return { files: [...files.values()], gaps, unreadable };
};
