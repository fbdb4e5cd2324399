/** Which kinds of edit a change is, each with how plainly the diff says so. */
import { numberMoves, relievedBy, type Move } from './loosened.ts';
import type { NumberEdit } from './number-edits.ts';
import type { Sign } from './sign.ts';
import { REORDERED, THEMES, type Theme } from './themes.ts';

export interface ThemeHit {
  readonly theme: Theme;
  /** 0 to 1: 1 where changed lines say so, less where only names or the summary do, or where a number hardly moves. */
  readonly weight: number;
  /** Signs that such an edit makes rarer: who waits longer times out less. */
  readonly relieved: ReadonlySet<Sign>;
}

export interface Edited {
  readonly code: readonly string[];
  /** The two sides of the diff as they are: a word that stands on both was kept. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Lines whose order changed. */
  readonly reordered: readonly string[];
  readonly files: readonly string[];
  /** Id and summary: words that somebody chose. */
  readonly declared: string;
  readonly edits: readonly NumberEdit[];
}

/** What a file's name, an id or a summary is worth beside changed lines; a file of settings is what its name says. */
export const DECLARED = 0.5;
const SETTINGS = 0.8;
const SETTINGS_FILE = /\.(?:ya?ml|json|toml|ini|conf|cfg|properties|env|tf|hcl|xml)$/i;
/** Beside the harmful direction. */
const OTHER_WAY = 0.6;
const MAX_TEXT = 8_000;
const MAX_LINES = 500;

/** A number that doubles or halves is moved in full; a tenth is hardly anything. */
const magnitude = ({ from, to }: Move): number => (from <= 0 || to <= 0 ? 1 : Math.min(1, 0.25 + 0.75 * Math.abs(Math.log2(to / from))));

/** `moves`: where nothing but numbers was edited, they are the theme's, whatever stands directly before them. */
const numberWeight = (theme: Theme, edits: readonly NumberEdit[], moves: readonly Move[] | null): number => {
  const named: readonly Move[] = edits.filter(({ key }) => theme.pattern.test(key));
  const own = named.length > 0 ? named : (moves ?? []);
  if (own.length === 0) return 1;
  return Math.max(...own.map((edit) => magnitude(edit) * (theme.hurts === null || (theme.hurts === 'down') === (edit.to < edit.from) ? 1 : OTHER_WAY)));
};

/** As written, and taken apart: `requestsPerMinute` and `max_size` hold words too. */
const readable = (text: string): string => `${text}\n${text.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/[_-]/g, ' ')}`;

const shapeOf = (text: string): string => text.split('\n').map((line) => line.replaceAll(/[\w.-]+/g, 'w').replaceAll(/\s+/g, '')).sort().join('\n');

/** One value put in the place of another on the same line is an edit, though the words around it stay. */
const sameShape = (plus: string, minus: string): boolean => plus !== '' && shapeOf(plus) === shapeOf(minus);

/** What an edit that keeps its theme's words, and only moves or wraps them, is worth. */
const KEPT = 0.3;
/** Lines that pin a library: only the theme of versions knows what they do. */
const PIN = /(?<![\d.])v?\d+\.\d+\.\d+(?!\.?\d)|^[\])}]|^(?:require|dependencies)\b/;
const PINNING: ReadonlySet<string> = new Set(['dependency version', 'image']);

/** The matches, each with the whole name that it stands in: `writeNumberField` is not `writeObjectField`. */
const wordsIn = (pattern: RegExp, text: string): string => {
  const all = new RegExp(pattern.source, pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`);
  const whole = ({ 0: word, index }: RegExpExecArray): string => `${/\w{0,60}$/.exec(text.slice(Math.max(0, index - 60), index))?.[0] ?? ''}${word}${/^\w{0,60}/.exec(text.slice(index + word.length))?.[0] ?? ''}`;
  return [...new Set([...text.matchAll(all)].slice(0, 200).map((match) => whole(match).toLowerCase()))].sort().join('\n');
};

const KEYED = /^([^:=(]{1,80}?)\s*(?::=|[:=])\s*(.*)$/;

/** Settings by what stands before their value; what is computed is no setting. */
const keyed = (lines: readonly string[]): ReadonlyMap<string, string> => new Map(lines.slice(0, MAX_LINES).flatMap((line) => {
  const [, key = '', value = ''] = KEYED.exec(line.slice(0, 300)) ?? [];
  return key === '' || value.includes('(') ? [] : [[key, value] as const];
}));

const SETTER = /\.?([A-Za-z_]\w{2,60})\(([^\n]{1,200})$/;
/** Numbers, and the words by which units are told: the same figure in another unit is another value. */
const MEASURE = /(?<![A-Za-z_])\d[\d_]*(?:\.\d+)?|nano(?:s|seconds?)?|micro(?:s|seconds?)?|milli(?:s|seconds?)?|(?<=\b|of|in)(?:seconds?|minutes?|hours?|days?|bytes|kilobytes|megabytes)\b/gi;

/** What is set by a call, by its name: the numbers and units that it is given. */
const given = (lines: readonly string[]): ReadonlyMap<string, string> => new Map(lines.slice(0, MAX_LINES).flatMap((line) => {
  const [, name = '', values = ''] = SETTER.exec(line.slice(0, 300)) ?? [];
  return name === '' ? [] : [[name, (values.match(MEASURE) ?? []).join(' ').toLowerCase()] as const];
}));

const differs = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>, isOfTheme: (key: string, value: string) => boolean): boolean =>
  [...after].some(([key, value]) => before.has(key) && before.get(key) !== value && isOfTheme(key, value));

/** Is a line of the theme's one that only got another value? */
const isReset = (theme: Theme, added: readonly string[], removed: readonly string[]): boolean =>
  differs(keyed(removed), keyed(added), (key, value) => theme.pattern.test(readable(`${key}: ${value}`))) || differs(given(removed), given(added), (key) => theme.pattern.test(readable(key)));

/** Do both sides say the theme's words alike? */
const isKept = (theme: Theme, added: readonly string[], removed: readonly string[]): boolean => {
  const [plus, minus] = [added, removed].map((lines) => wordsIn(theme.pattern, readable(lines.join('\n').slice(0, MAX_TEXT))));
  return plus === minus && plus !== '' && !isReset(theme, added, removed);
};

/** A field that is declared and given no value sets nothing, whatever it is called; it only gives data another shape. */
const FIELDS: readonly RegExp[] = [
  // Java, C#: `private Url[] links;`, `public string? Url { get; set; }`
  /^(?:(?:public|private|protected|internal|static|final|readonly|required)\s+)*(?:[A-Z][\w.]*(?:<[\w<>,.?\s]{1,60}>)?|string|int|long|bool|boolean|double|float|decimal|byte|short|char)(?:\[\])?\??\s+\w+\s*(?:;|\{\s*get;[\s\w]{0,20};?\s*\})$/,
  // TypeScript: `url?: string | null;`
  /^(?:(?:public|private|protected|readonly)\s+)*\w+\??:\s*[A-Za-z][\w<>,.|?[\]\s]{0,60};$/,
  // Go: a name with a type, or with a tag
  /^[A-Z]\w*\s+(?:\*|\[\])?(?:(?:string|bool|u?int\d*|float\d+|time\.\w+)|[A-Za-z][\w.]*\s+`[^`]*`)(?:\s+`[^`]*`)?$/,
];
const isField = (line: string): boolean => FIELDS.some((pattern) => pattern.test(line.slice(0, 300)));

export const themeHits = ({ code, added, removed, reordered, files, declared, edits }: Edited): readonly ThemeHit[] => {
  const text = readable(code.join('\n').slice(0, MAX_TEXT));
  const values = readable(code.filter((line) => !isField(line)).join('\n').slice(0, MAX_TEXT));
  const names = readable(`${files.join('\n')}\n${declared}`.slice(0, MAX_TEXT));
  const settings = readable(files.filter((file) => SETTINGS_FILE.test(file)).map((file) => file.slice(file.lastIndexOf('/') + 1)).join('\n').slice(0, MAX_TEXT));
  const hasSameShape = sameShape(added.join('\n').slice(0, MAX_TEXT), removed.join('\n').slice(0, MAX_TEXT));
  const pinning = code.length > 0 && code.every((line) => PIN.test(line));
  const moves = numberMoves(added, removed);
  const hits: ThemeHit[] = [];
  for (const theme of THEMES) {
    if (pinning && !PINNING.has(theme.name)) continue;
    const relieved = relievedBy(theme, moves);
    const moved = numberWeight(theme, edits, moves);
    if (theme.pattern.test(theme.setting ? values : text)) {
      const kept = edits.every(({ key }) => !theme.pattern.test(key)) && !hasSameShape && isKept(theme, added, removed);
      hits.push({ theme, weight: moved * (kept ? KEPT : 1), relieved });
    } else if (theme.pattern.test(names)) hits.push({ theme, weight: (theme.pattern.test(settings) ? SETTINGS : DECLARED) * moved, relieved });
  }
  if (REORDERED.pattern.test(reordered.join('\n').slice(0, MAX_TEXT))) hits.push({ theme: REORDERED, weight: 1, relieved: new Set() });
  return hits;
};
