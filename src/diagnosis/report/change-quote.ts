/** What a change did to a setting, quoted from its diff: masked, on one line, without markup. */
import type { Change } from '../../domain/capsule.ts';
import { diffLines } from '../../signals/changes/diff-lines.ts';
import { createMasker } from '../../signals/logs/mask/masker.ts';
import { plain } from '../digest/quote.ts';

interface Setting {
  /** As it is written, without what leads to it. */
  readonly name: string;
  readonly value: string;
}

const SETTING = /^([A-Za-z_"'][\w."'-]{1,80}?)["']?\s{0,4}(?::=|[:=])\s{0,8}(.{1,80})$/;
const MAX_LINES = 500;

const keyOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const settingsOf = (lines: readonly string[]): ReadonlyMap<string, Setting> => {
  const settings = new Map<string, Setting>();
  for (const line of lines.slice(0, MAX_LINES)) {
    const match = SETTING.exec(line.slice(0, 300).trim());
    const name = (match?.[1] ?? '').replaceAll(/["']/g, '').split('.').at(-1) ?? '';
    const value = (match?.[2] ?? '').replace(/[,;]$/, '').trim();
    if (name !== '' && value !== '' && !settings.has(keyOf(name))) settings.set(keyOf(name), { name, value });
  }
  return settings;
};

/** `maximum-pool-size: 50 → 10`, without quotation marks; the setting that `reasons` names first, else the first number that changed. Null where no setting changed. */
export const settingQuote = (change: Pick<Change, 'diff'>, reasons: string): string | null => {
  const { added, removed } = diffLines(change.diff);
  const before = settingsOf(removed);
  const named = /sets (\w+) from/.exec(reasons)?.[1] ?? '';
  const edits = [...settingsOf(added)].flatMap(([key, { name, value }]) => {
    const old = before.get(key);
    return old === undefined || old.value === value ? [] : [{ key, name, from: old.value, to: value }];
  });
  const worth = (edit: (typeof edits)[number]): number => (edit.key === named ? 2 : /^["']?-?\d/.test(edit.from) && /^["']?-?\d/.test(edit.to) ? 1 : 0);
  const best = edits.sort((a, b) => worth(b) - worth(a) || (a.key < b.key ? -1 : 1))[0];
  if (best === undefined || worth(best) === 0) return null;
  const masker = createMasker();
  const masked = (value: string): string => masker.mask(`${best.name}: ${value}`).slice(best.name.length + 2);
  return plain(`${best.name}: ${masked(best.from)} → ${masked(best.to)}`);
};
