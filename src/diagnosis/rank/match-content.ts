/** Does what a change edits show up in what the telemetry shows? Numbers, places in the code, and names that few changes share. */
import type { Finding } from '../../domain/finding.ts';
import type { ChangeProfile } from '../../signals/changes/change-profile.ts';
import type { MetricAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { seriesComponent } from '../../signals/metrics/series-component.ts';
import { isOrdinary, vocabularyOf, type Vocabulary } from './shared-words.ts';

export interface ContentMatch {
  /** 0: nothing in common; 1 and more: hardly by accident. */
  readonly points: number;
  /** A setting's number matches a series: the change is one of configuration. */
  readonly setting: boolean;
  /** Something matches that is hardly written twice by accident: a setting's number, a composed name, a file. */
  readonly exact: boolean;
  /** Sentences with what matched. */
  readonly reasons: readonly string[];
}

/** Names of the diff's own lines count in full, those around them and in its summary half. */
const AROUND = 0.5;
const PAIR_POINTS = 1;
const WORD_POINTS = 0.35;
const MOST_WORDS = 1;
const MOST_NAMES = 2;
/** A name that an error quotes is what the error is about. */
const QUOTED_POINTS = 1;
/** A library of another version that the errors name. */
const LIBRARY_POINTS = 0.8;
/** A composed name that the change adds or takes away, letter by letter in the telemetry: a topic, a variable, a host. */
const VERBATIM_POINTS = 1.2;
const NUMBER_POINTS = 2;
const FILE_POINTS = 1.5;

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 0.02 * Math.max(Math.abs(a), Math.abs(b));

/** A setting went from 50 to 10, and so did a series. */
const numberReason = (profile: ChangeProfile, metrics: MetricAnalysis): string | null => {
  for (const edit of profile.edits) {
    if (edit.from === edit.to) continue;
    for (const { shift, selector } of metrics.series) {
      if (shift !== null && shift.strength >= 2 && near(shift.expected, edit.from) && near(shift.observed, edit.to)) return `it sets ${edit.key} from ${edit.from} to ${edit.to}, and ${selector} follows`;
    }
  }
  return null;
};

/** Base name of a source file, which a stack frame repeats. */
const fileReason = (profile: ChangeProfile, text: string): string | null => {
  for (const file of profile.lines.files) {
    const name = file.split('/').at(-1) ?? '';
    if (/\.(?:go|java|kt|py|js|ts|rb|cs|php|rs|scala|c|cc|cpp)$/.test(name) && text.includes(name)) return `it edits ${file}, which the errors name`;
  }
  return null;
};

/** Texts of telemetry: only what is new or worse, and never what a person could have written as a verdict. */
const CLAIM = /root\s*cause|culprit|to blame|ignore (?:all|any|previous)|you (?:must|should)/i;
/** Lines that turned up twice in an hour name whatever they like. */
const MIN_STRENGTH = 2;

const textOf = (findings: readonly Finding[]): string =>
  findings
    .filter((finding) => ((finding.kind === 'log_pattern' && finding.strength >= MIN_STRENGTH) || finding.kind === 'trace') && finding.role !== 'context')
    .flatMap((finding) => [finding.indicator, String(finding.observed ?? '')].concat(finding.samples))
    .filter((text) => !CLAIM.test(text))
    .join('\n')
    .slice(0, 100_000);

const QUOTED = /["'`[(]([A-Za-z_][\w.-]{2,60})["'`\])]/g;

/** Names in quotation marks or brackets, in lower case. */
const quotedIn = (text: string): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const match of text.matchAll(QUOTED)) {
    found.add((match[1] ?? '').toLowerCase());
    if (found.size >= 500) break;
  }
  return found;
};

const literalsOf = (code: readonly string[]): ReadonlySet<string> => new Set(code.flatMap((line) => line.match(/[A-Za-z_][\w]{2,60}/g) ?? []).map((word) => word.toLowerCase()));

interface Edited {
  readonly own: Vocabulary;
  readonly around: Vocabulary;
  /** All names of the changed lines. */
  readonly literals: ReadonlySet<string>;
  /** Libraries whose version changes. */
  readonly libraries: ReadonlySet<string>;
  /** Composed names that stand on one side of the diff only. */
  readonly verbatim: readonly string[];
}

const withoutNumbers = (line: string): string => line.replaceAll(/\d+/g, '0').replaceAll(/\s+/g, ' ');

/** Lines in which nothing but a number or version changed. */
const bumps = ({ added, removed }: Pick<ChangeProfile['lines'], 'added' | 'removed'>): readonly string[] => {
  const before = new Set(removed.filter((line) => !added.includes(line)).map(withoutNumbers));
  return added.filter((line) => !removed.includes(line) && before.has(withoutNumbers(line)));
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

const verbatimOf = ({ lines: { added, removed }, code }: ChangeProfile): readonly string[] => {
  const [plus, minus] = [composedOf(added), composedOf(removed)];
  return [...composedOf(code)].filter((name) => plus.has(name) !== minus.has(name)).sort();
};

const VERSION = /\bv?\d+\.\d+\.\d+/;

const editedBy = (profile: ChangeProfile): Edited => {
  const { change, lines, code } = profile;
  const own = change.kind === 'feature_flag' || change.diff === null ? vocabularyOf(`${change.id.length < 40 ? change.id : ''}\n${change.summary ?? ''}`, false) : netOf(lines, code);
  const pinned = code.filter((line) => VERSION.test(line));
  return { own, libraries: vocabularyOf(bumps(lines).filter((line) => VERSION.test(line)).join('\n'), false).words, literals: literalsOf(code), verbatim: verbatimOf(profile), around: vocabularyOf([...code, ...(pinned.length > 0 ? [] : lines.context), ...lines.files, change.summary ?? ''].join('\n'), false) };
};

/** In how many different changes each name stands: what many of them have tells nothing. A change may be listed as a commit and as its deployment. */
const frequencies = (profiles: readonly ChangeProfile[], edited: ReadonlyMap<ChangeProfile, Edited>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  for (const profile of profiles) {
    const text = `${profile.change.diff ?? ''}\n${profile.change.summary ?? ''}`;
    const names = edited.get(profile);
    if (seen.has(text) || names === undefined) continue;
    seen.add(text);
    for (const name of new Set([...names.around.words, ...names.around.pairs])) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
};

const shared = (mine: ReadonlySet<string>, theirs: ReadonlySet<string>, isRare: (name: string) => boolean): readonly string[] => [...mine].filter((name) => theirs.has(name) && isRare(name)).sort();

/** Builds the matcher of one capsule: what one change has in common with the telemetry of some components. */
export const contentMatcher = (profiles: readonly ChangeProfile[], metrics: MetricAnalysis, findings: readonly Finding[]): ((profile: ChangeProfile, components: readonly string[]) => ContentMatch) => {
  const edited = new Map(profiles.map((profile) => [profile, editedBy(profile)]));
  const counts = frequencies(profiles, edited);
  const most = Math.max(1, profiles.length / 10);
  const components = new Set([...metrics.series.map(({ series }) => series.labels['service'] ?? ''), ...findings.map(({ component }) => component.name), ...profiles.map(({ change }) => change.service ?? '')]);
  const services = [...components].filter((name) => name !== '').map((name) => name.toLowerCase());
  const isRare = (name: string): boolean => (counts.get(name) ?? 0) <= most && !services.some((service) => service.includes(name.replaceAll(' ', '-')) || (name.length >= 5 && service.replaceAll(/[^a-z]/g, '').includes(name)));
  const texts = new Map<string, { readonly text: string; readonly names: Vocabulary; readonly quoted: ReadonlySet<string> }>();
  const telemetryOf = (name: string): { readonly text: string; readonly names: Vocabulary; readonly quoted: ReadonlySet<string> } => {
    const known = texts.get(name);
    if (known !== undefined) return known;
    const text = textOf(findings.filter((finding) => finding.component.name === name));
    const series = metrics.series.filter(({ shift, series: one }) => shift !== null && shift.strength >= 3 && seriesComponent(one)?.name === name).map(({ series: one }) => `${one.name} ${one.labels['operation'] ?? ''}`);
    const found = { text, quoted: quotedIn(text), names: vocabularyOf(`${text}\n${series.join('\n')}`, true) };
    texts.set(name, found);
    return found;
  };
  return (profile, names) => {
    const mine = edited.get(profile) ?? editedBy(profile);
    const seen = names.map(telemetryOf);
    const words = new Set(seen.flatMap((one) => [...one.names.words]));
    const pairs = new Set(seen.flatMap((one) => [...one.names.pairs]));
    const setting = numberReason(profile, metrics);
    const all = seen.map(({ text }) => text).join('\n');
    const file = fileReason(profile, all);
    const ownPairs = shared(mine.own.pairs, pairs, isRare);
    const aroundPairs = shared(mine.around.pairs, pairs, isRare).filter((pair) => !ownPairs.includes(pair));
    const inPairs = new Set([...ownPairs, ...aroundPairs].flatMap((pair) => pair.split(' ')));
    const ownWords = shared(mine.own.words, words, isRare).filter((word) => !inPairs.has(word));
    const aroundWords = shared(mine.around.words, words, isRare).filter((word) => !inPairs.has(word) && !ownWords.includes(word));
    const wordPoints = Math.min(MOST_WORDS, WORD_POINTS * (ownWords.length + AROUND * aroundWords.length));
    const quoted = [...new Set(seen.flatMap((one) => [...one.quoted]))].filter((word) => mine.literals.has(word) && !isOrdinary(word) && !services.includes(word)).sort();
    const verbatim = mine.verbatim.filter((name) => all.includes(name) && !services.includes(name.toLowerCase()));
    const library = shared(mine.libraries, words, isRare);
    const points = (library.length > 0 ? LIBRARY_POINTS : 0) + (verbatim.length > 0 ? VERBATIM_POINTS : quoted.length > 0 ? QUOTED_POINTS : 0) + Math.min(MOST_NAMES, PAIR_POINTS * (ownPairs.length + AROUND * aroundPairs.length) + wordPoints) + (setting === null ? 0 : NUMBER_POINTS) + (file === null ? 0 : FILE_POINTS);
    const named = [...verbatim, ...quoted, ...ownPairs, ...aroundPairs, ...ownWords, ...aroundWords];
    const reasons = [setting, file, named.length === 0 ? null : `it edits ${[...new Set(named)].slice(0, 4).join(', ')}, which the telemetry names`].filter((reason) => reason !== null);
    return { points, setting: setting !== null, exact: setting !== null || file !== null || verbatim.length > 0, reasons };
  };
};
