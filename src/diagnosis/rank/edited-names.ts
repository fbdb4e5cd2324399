/** Which names a change adds, takes away or gives another value. */
import type { ChangeProfile } from '../../signals/changes/change-profile.ts';
import { vocabularyOf, type Vocabulary } from './shared-words.ts';

export interface EditedNames {
  readonly own: Vocabulary;
  readonly around: Vocabulary;
  /** All names of the changed lines. */
  readonly literals: ReadonlySet<string>;
  /** Those of them that stand on one side of the diff only. */
  readonly netLiterals: ReadonlySet<string>;
  /** Libraries whose version changes. */
  readonly libraries: ReadonlySet<string>;
  /** Composed names that stand on one side of the diff only. */
  readonly verbatim: readonly string[];
  /** Composed names of changed lines that both sides keep: what is done with them changed. */
  readonly kept: readonly string[];
}

const withoutNumbers = (line: string): string => line.replaceAll(/\d+/g, '0').replaceAll(/\s+/g, ' ');

/** Lines in which nothing but a number or version changed. */
const bumps = ({ added, removed }: Pick<ChangeProfile['lines'], 'added' | 'removed'>): readonly string[] => {
  const [plus, minus] = [new Set(added), new Set(removed)];
  const before = new Set(removed.filter((line) => !plus.has(line)).map(withoutNumbers));
  return added.filter((line) => !minus.has(line) && before.has(withoutNumbers(line)));
};

/** Names that only one side of a diff has, and those of settings and versions that changed: what merely moved cancels out. */
const NAME = /[A-Za-z_][\w.-]*/g;
const namesIn = (lines: readonly string[]): ReadonlySet<string> => new Set(lines.flatMap((line) => line.match(NAME) ?? []));

const netOf = ({ added, removed }: ChangeProfile['lines'], code: readonly string[]): Vocabulary => {
  const [plus, minus] = [namesIn(added), namesIn(removed)];
  const oneSided = [...namesIn(code)].filter((name) => plus.has(name) !== minus.has(name));
  return vocabularyOf([...oneSided, ...bumps({ added, removed })].join('\n'), false);
};

const COMPOSED = /[A-Za-z0-9]+(?:[._:/-][A-Za-z0-9]+)+/g;
const MIN_COMPOSED = 8;

const composedOf = (lines: readonly string[]): ReadonlySet<string> => new Set(lines.flatMap((line) => line.match(COMPOSED) ?? []).filter((name) => name.length >= MIN_COMPOSED && /[A-Za-z].*[A-Za-z]/.test(name)).slice(0, 1_000));

const composedNames = ({ lines: { added, removed }, code }: ChangeProfile): Pick<EditedNames, 'verbatim' | 'kept'> => {
  const [plus, minus] = [composedOf(added), composedOf(removed)];
  const all = [...composedOf(code)].sort();
  return { verbatim: all.filter((name) => plus.has(name) !== minus.has(name)), kept: all.filter((name) => plus.has(name) && minus.has(name)) };
};

const literalsOf = (code: readonly string[]): ReadonlySet<string> => new Set(code.flatMap((line) => line.match(/[A-Za-z_][\w]{1,60}/g) ?? []).map((word) => word.toLowerCase()));

const netLiteralsOf = ({ lines: { added, removed }, code }: ChangeProfile): ReadonlySet<string> => {
  const [plus, minus] = [literalsOf(added), literalsOf(removed)];
  return new Set([...literalsOf(code)].filter((name) => plus.has(name) !== minus.has(name)));
};

const VERSION = /\bv?\d+\.\d+\.\d+/;

/** The names that one change edits. */
export const editedBy = (profile: ChangeProfile): EditedNames => {
  const { change, lines, code } = profile;
  const own = change.kind === 'feature_flag' || change.diff === null ? vocabularyOf(`${change.id.length < 40 ? change.id : ''}\n${change.summary ?? ''}`, false) : netOf(lines, code);
  const pinned = code.filter((line) => VERSION.test(line));
  return { own, libraries: vocabularyOf(bumps(lines).filter((line) => VERSION.test(line)).join('\n'), false).words, literals: literalsOf(code), netLiterals: netLiteralsOf(profile), ...composedNames(profile), around: vocabularyOf([...code, ...(pinned.length > 0 ? [] : lines.context), ...lines.files, change.summary ?? ''].join('\n'), false) };
};
