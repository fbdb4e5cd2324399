/** Answers by content: same evidence, prompt version and model ► same answer, for as long as they are kept. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EpochMs } from '../../domain/time.ts';
import { parseObject } from '../../shared/json-fields.ts';

export interface AnswerCache {
  /** Null: not there, too old, or unreadable. */
  get(key: string, nowMs: EpochMs): string | null;
  put(key: string, text: string, nowMs: EpochMs): void;
}

const MAX_ENTRIES = 2_000;

export const memoryCache = (ttlMs: number): AnswerCache => {
  const entries = new Map<string, { readonly at: EpochMs; readonly text: string }>();
  return {
    get: (key, nowMs) => {
      const entry = entries.get(key);
      return entry === undefined || nowMs - entry.at >= ttlMs ? null : entry.text;
    },
    put: (key, text, nowMs) => {
      const oldest = entries.keys().next();
      if (entries.size >= MAX_ENTRIES && oldest.done !== true) entries.delete(oldest.value);
      entries.set(key, { at: nowMs, text });
    },
  };
};

const readEntry = (path: string): { readonly at: EpochMs; readonly text: string } | null => {
  try {
    const entry = parseObject(readFileSync(path, 'utf8'));
    const at = entry?.['at'];
    const text = entry?.['text'];
    return typeof at === 'number' && typeof text === 'string' ? { at, text } : null;
  } catch {
    return null;
  }
};

/** Oldest first out, once in a while: a listing a write would be dear. */
const prune = (folder: string): void => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  if (files.length <= MAX_ENTRIES) return;
  const aged = files.map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs })).sort((a, b) => a.at - b.at);
  for (const { path } of aged.slice(0, files.length - MAX_ENTRIES)) rmSync(path, { force: true });
};

const PRUNE_EVERY = 100;

/** One file an answer. A cache that cannot be written is no cache, never an error. */
export const fileCache = (root: string, ttlMs: number): AnswerCache => {
  const folder = join(root, 'cache');
  mkdirSync(folder, { recursive: true });
  let writes = 0;
  const pathOf = (key: string): string => join(folder, `${key.replaceAll(/[^a-z0-9]/gi, '')}.json`);
  return {
    get: (key, nowMs) => {
      const entry = readEntry(pathOf(key));
      return entry === null || nowMs - entry.at >= ttlMs || entry.at > nowMs ? null : entry.text;
    },
    put: (key, text, nowMs) => {
      try {
        const path = pathOf(key);
        // Written aside and renamed: a reader never sees half an answer.
        writeFileSync(`${path}.${process.pid}.part`, JSON.stringify({ at: nowMs, text }));
        renameSync(`${path}.${process.pid}.part`, path);
        if (++writes % PRUNE_EVERY === 1) prune(folder);
      } catch {
        // A full disk must not cost the answer.
      }
    },
  };
};
