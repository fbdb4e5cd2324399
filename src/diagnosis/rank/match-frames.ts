/** Do the errors come from where a change edits? A stack frame names a file, a line and a function; so does a hunk. */
import type { Hunk } from '../../signals/changes/hunks.ts';

export interface FrameMatch {
  /** 0 to 2: the file; the function; the very lines. */
  readonly points: number;
  readonly reason: string | null;
}

const FILE_POINTS = 1.5;
/** A name that many folders hold, as `index` or `handler`, where the frame does not tell the folder. */
const COMMON_FILE_POINTS = 0.6;
const LINE_POINTS = 0.5;
const SCOPE_POINTS = 0.3;
/** What stands around the hunk's own lines when its change was not the last one. */
const NEAR_LINES = 10;

/** Ends of the names of source files, as alternatives of an expression. */
export const SOURCE_ENDINGS = 'go|java|kts?|py|m?[jt]sx?|rb|cs|php|rs|scala|c|cc|cpp|exs?|swift';
const SOURCE = new RegExp(`\\.(?:${SOURCE_ENDINGS})$`);
const COMMON = /^(?:index|main|app|server|client|handlers?|routes?|router|utils?|helpers?|service|services|models?|types|config|mod|lib|core|common|base|__init__|api|db|store|repository|controller|views?)$/i;
const IN_FRAME = new RegExp(String.raw`([\w@.$-]+(?:[/\\][\w@.$-]+)*\.(?:${SOURCE_ENDINGS}))(?:"?, line |:)?(\d{1,6})?`, 'g');

/** `dist/a/pay.js` was `src/a/pay.ts` before it was compiled. */
const stemOf = (path: string): string => (path.split(/[/\\]/).at(-1) ?? path).replace(SOURCE, '');
const folderOf = (path: string): string => path.split(/[/\\]/).at(-2) ?? '';

export interface Place {
  readonly path: string;
  /** Its name without folder and ending. */
  readonly stem: string;
  readonly line: number | null;
  readonly text: string;
}

/** Files and lines that a text names. */
export const placesIn = (text: string): readonly Place[] => {
  const places: Place[] = [];
  for (const line of text.split('\n')) {
    for (const [, path = '', number] of line.slice(0, 1_000).matchAll(IN_FRAME)) {
      if (places.length >= 500) return places;
      places.push({ path, stem: stemOf(path), line: number === undefined ? null : Number(number), text: line });
    }
  }
  return places;
};

const pointsOf = (file: string, hunks: readonly Hunk[], { path, line, text }: Place): number => {
  const sameFolder = folderOf(path) !== '' && folderOf(path) === folderOf(file);
  if (folderOf(path) === '' && COMMON.test(stemOf(file))) return COMMON_FILE_POINTS;
  if (COMMON.test(stemOf(file)) && !sameFolder) return 0;
  const own = hunks.filter((hunk) => hunk.file === file);
  if (line !== null && own.some(({ from, until }) => line >= from - NEAR_LINES && line <= until + NEAR_LINES)) return FILE_POINTS + LINE_POINTS;
  const words = new Set(text.match(/[A-Za-z_$][\w$]*/g));
  return FILE_POINTS + (own.some(({ scopes }) => [...scopes].some((scope) => words.has(scope))) ? SCOPE_POINTS : 0);
};

/** `places`: those that messages and frames of errors name. */
export const matchFrames = (files: readonly string[], hunks: readonly Hunk[], places: readonly Place[]): FrameMatch => {
  const byStem = new Map<string, string[]>();
  if (places.length > 0) for (const file of files) if (SOURCE.test(file)) (byStem.get(stemOf(file)) ?? byStem.set(stemOf(file), []).get(stemOf(file)))?.push(file);
  let best = 0;
  let reason: string | null = null;
  for (const place of places) {
    for (const file of byStem.get(place.stem) ?? []) {
      const points = pointsOf(file, hunks, place);
      if (points <= best) continue;
      best = points;
      reason = points >= FILE_POINTS + LINE_POINTS ? `it edits ${file} around line ${place.line ?? 0}, from which the errors come` : `it edits ${file}, which the errors name`;
    }
  }
  return { points: best, reason };
};
