/** Settings whose number a change replaces: `maxConns: 50` ► `maxConns: 10`. */
import type { DiffLines } from './diff-lines.ts';

export interface NumberEdit {
  /** The words in front of the number, lower case, letters and digits only. */
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

const SETTING = /([A-Za-z][\w.-]{1,60})["']?\s*(?::=|[:=(]|\s)\s*["']?(-?\d+(?:\.\d+)?)/g;
const MAX_SETTINGS = 500;

const keyOf = (name: string): string => (name.split('.').at(-1) ?? name).toLowerCase().replace(/[^a-z0-9]/g, '');

const settingsOf = (lines: readonly string[]): ReadonlyMap<string, number> => {
  const settings = new Map<string, number>();
  for (const line of lines) {
    for (const match of line.matchAll(SETTING)) {
      if (settings.size >= MAX_SETTINGS) return settings;
      settings.set(keyOf(match[1] ?? ''), Number(match[2]));
    }
  }
  return settings;
};

export const numberEdits = (lines: DiffLines): readonly NumberEdit[] => {
  const before = settingsOf(lines.removed);
  const edits: NumberEdit[] = [];
  for (const [key, to] of settingsOf(lines.added)) {
    const from = before.get(key);
    if (from !== undefined && from !== to) edits.push({ key, from, to });
  }
  return edits;
};
