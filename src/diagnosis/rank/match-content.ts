/** Does what a change edits show up in what the telemetry shows? Numbers, places in the code, and names that few changes share. */
import type { Finding } from '../../domain/finding.ts';
import type { ChangeProfile } from '../../signals/changes/change-profile.ts';
import type { MetricAnalysis, SeriesAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { seriesComponent } from '../../signals/metrics/series-component.ts';
import { editedBy, type EditedNames } from './edited-names.ts';
import { matchFrames, placesIn, type Place } from './match-frames.ts';
import { matchNumbers, numbersIn } from './match-numbers.ts';
import { dottedIn, editedObjects } from './named-objects.ts';
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
/** One that stays, on lines that do something else with it. */
const KEPT_POINTS = 0.9;
/** A name that more changes have is the system's own vocabulary. */
const MOST_SHARERS = 5;

/** Texts of telemetry: only what is new or worse, and never what a person could have written as a verdict. */
const CLAIM = /root\s*cause|culprit|to blame|ignore (?:all|any|previous)|you (?:must|should)/i;
/** Lines that turned up twice in an hour name whatever they like. */
const MIN_STRENGTH = 2;

/** It was there nearly always and is no more, or the other way round. */
const TURNED = 0.8;
const isTurned = ({ observed, expected }: Finding): boolean => typeof observed === 'number' && typeof expected === 'number' && Math.abs(observed - expected) >= TURNED;

const textOf = (findings: readonly Finding[]): string =>
  findings
    .filter((finding) => ((finding.kind === 'log_pattern' && (finding.strength >= MIN_STRENGTH || isTurned(finding))) || finding.kind === 'trace') && finding.role !== 'context')
    .flatMap((finding) => [finding.indicator, String(finding.observed ?? '')].concat(finding.samples, finding.frames ?? []))
    .filter((text) => !CLAIM.test(text))
    .join('\n')
    .slice(0, 100_000);

const QUOTED = /["'`[(]([A-Za-z_][\w.-]{2,60})["'`\])]|["'`]([A-Za-z_]\w)["'`]/g;
/** A field of a document, as parsers tell where they failed (RFC 9535). */
const JSON_PATH = /\$((?:\.[A-Za-z_]\w{1,60}){1,8})/g;

/** Names in quotation marks or brackets and those of paths, in lower case. */
const quotedIn = (text: string): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const match of text.matchAll(QUOTED)) {
    found.add((match[1] ?? match[2] ?? '').toLowerCase());
    if (found.size >= 500) break;
  }
  for (const [, path = ''] of text.matchAll(JSON_PATH)) {
    for (const name of path.split('.')) if (name !== '') found.add(name.toLowerCase());
    if (found.size >= 1_000) break;
  }
  return found;
};


/** What some components say and show. */
interface Telemetry extends Vocabulary {
  readonly text: string;
  readonly quoted: ReadonlySet<string>;
  readonly objects: readonly (readonly [string, string])[];
  readonly numbers: ReadonlySet<number>;
  readonly places: readonly Place[];
  readonly series: readonly SeriesAnalysis[];
}

/** In spreads. */
const CLEAR_SHIFT = 3;

/** In how many different changes each name stands: what many of them have tells nothing. A change may be listed as a commit and as its deployment. */
const frequencies = (profiles: readonly ChangeProfile[], edited: ReadonlyMap<ChangeProfile, EditedNames>): ReadonlyMap<string, number> => {
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
  const most = Math.max(1, Math.min(MOST_SHARERS, profiles.length / 10));
  const components = new Set([...metrics.series.map(({ series }) => series.labels['service'] ?? ''), ...findings.map(({ component }) => component.name), ...profiles.map(({ change }) => change.service ?? '')]);
  const services = [...components].filter((name) => name !== '').map((name) => name.toLowerCase());
  const isRare = (name: string): boolean => (counts.get(name) ?? 0) <= most && !services.some((service) => service.includes(name.replaceAll(' ', '-')) || (name.length >= 5 && service.replaceAll(/[^a-z]/g, '').includes(name)));
  const sharersOf = (literal: string): number => [...edited.values()].filter(({ netLiterals }) => netLiterals.has(literal)).length;
  const byName = new Map<string, Telemetry>();
  const telemetryOf = (names: readonly string[]): Telemetry => {
    const key = names.join('\n');
    const known = byName.get(key);
    if (known !== undefined) return known;
    const wanted = new Set(names);
    const text = textOf(findings.filter(({ component }) => wanted.has(component.name)));
    const series = metrics.series.filter(({ shift, series: one }) => shift !== null && shift.strength >= CLEAR_SHIFT && wanted.has(seriesComponent(one)?.name ?? ''));
    const { words, pairs } = vocabularyOf(`${text}\n${series.map(({ series: one }) => `${one.name} ${one.labels['operation'] ?? ''}`).join('\n')}`, true);
    const found = { text, words, pairs, quoted: quotedIn(text), objects: dottedIn(text), numbers: numbersIn(text), places: placesIn(text), series: metrics.series.filter(({ series: one }) => wanted.has(seriesComponent(one)?.name ?? '')) };
    byName.set(key, found);
    return found;
  };
  return (profile, names) => {
    const mine = edited.get(profile) ?? editedBy(profile);
    const { text: all, words, pairs, quoted: quotes, objects, numbers, places, series } = telemetryOf(names);
    const setting = matchNumbers(profile, series, numbers);
    const file = matchFrames(profile.lines.files, profile.hunks, places);
    const ownPairs = shared(mine.own.pairs, pairs, isRare);
    const aroundPairs = shared(mine.around.pairs, pairs, isRare).filter((pair) => !ownPairs.includes(pair));
    const inPairs = new Set([...ownPairs, ...aroundPairs].flatMap((pair) => pair.split(' ')));
    const ownWords = shared(mine.own.words, words, isRare).filter((word) => !inPairs.has(word));
    const aroundWords = shared(mine.around.words, words, isRare).filter((word) => !inPairs.has(word) && !ownWords.includes(word));
    const wordPoints = Math.min(MOST_WORDS, WORD_POINTS * (ownWords.length + AROUND * aroundWords.length));
    const quoted = [...quotes].filter((word) => mine.literals.has(word) && !isOrdinary(word) && !services.includes(word)).sort();
    const verbatim = [...editedObjects(profile.code, objects), ...mine.verbatim.filter((name) => all.includes(name) && !services.includes(name.toLowerCase()))];
    // What the errors ask for and one side of the diff alone has.
    const isMissed = quoted.some((word) => mine.netLiterals.has(word) && sharersOf(word) <= most);
    const kept = mine.kept.filter((name) => all.includes(name) && isRare(name.toLowerCase()));
    const library = shared(mine.libraries, words, isRare);
    const points = (library.length > 0 ? LIBRARY_POINTS : 0) + (verbatim.length > 0 || isMissed ? VERBATIM_POINTS : quoted.length > 0 ? QUOTED_POINTS : kept.length > 0 ? KEPT_POINTS : 0) + Math.min(MOST_NAMES, PAIR_POINTS * (ownPairs.length + AROUND * aroundPairs.length) + wordPoints) + setting.points + file.points;
    const named = [...verbatim, ...quoted, ...kept, ...ownPairs, ...aroundPairs, ...ownWords, ...aroundWords];
    const reasons = [setting.reason, file.reason, named.length === 0 ? null : `it edits ${[...new Set(named)].slice(0, 4).join(', ')}, which the telemetry names`].filter((reason) => reason !== null);
    return { points, setting: setting.points > 0, exact: setting.points > 0 || file.points >= 1 || verbatim.length > 0 || isMissed, reasons };
  };
};
