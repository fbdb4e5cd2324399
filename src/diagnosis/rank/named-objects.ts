/** Objects that telemetry names in dotted or joined form and a diff by their parts: the error says `orders.due_at`, the diff `ALTER TABLE orders RENAME due_at`. */
import { SOURCE_ENDINGS } from './match-frames.ts';
import { isOrdinary } from './shared-words.ts';

const DOTTED = /(?<![\w./:-])["'`]?([A-Za-z_]\w{1,60})["'`]?\.["'`]?([A-Za-z_]\w{1,60})["'`]?(?![\w.(/:-])/g;
const WORD = /[A-Za-z_]\w{1,60}/g;
/** Ends of file names and hosts: what stands before them is no object of theirs. */
const ENDING = new RegExp(`^(?:${SOURCE_ENDINGS}|ya?ml|json|toml|xml|sql|log|txt|html?|com|net|org|io|example|internal|local|svc)$`, 'i');
const MAX_NAMES = 500;
const MAX_LINES = 2_000;

/** Pairs `table.column`, in lower case. */
export const dottedIn = (text: string): readonly (readonly [string, string])[] => {
  const found = new Map<string, readonly [string, string]>();
  for (const [, owner = '', member = ''] of text.matchAll(DOTTED)) {
    if (ENDING.test(member) || (isOrdinary(owner) && isOrdinary(member))) continue;
    found.set(`${owner}.${member}`.toLowerCase(), [owner.toLowerCase(), member.toLowerCase()]);
    if (found.size >= MAX_NAMES) break;
  }
  return [...found.values()];
};

/** Those of the pairs of which one changed line names both parts, as `owner.member`, sorted. */
export const editedObjects = (code: readonly string[], pairs: readonly (readonly [string, string])[]): readonly string[] => {
  if (pairs.length === 0) return [];
  const lines = code.slice(0, MAX_LINES).map((line) => new Set((line.match(WORD) ?? []).map((word) => word.toLowerCase())));
  return pairs.filter(([owner, member]) => lines.some((words) => words.has(owner) && words.has(member))).map((pair) => pair.join('.')).sort();
};
