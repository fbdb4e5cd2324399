/**
 * From a log summary to the digest that a person reads: annotate ► what changed ► episodes ► incidents ► chain ► severity ►
 * hypotheses ► actions and queries ► words. Pure: the same summary gives the same digest, whatever the order of its patterns.
 */
import type { Digest, DigestPattern, Interval, LogIncident } from '../../domain/digest.ts';
import type { Language } from '../../domain/language.ts';
import type { LogSummary } from '../../domain/log-summary.ts';
import { SEVERITIES, levelRank } from '../../domain/severity.ts';
import { toRfc3339, type TimeWindow } from '../../domain/time.ts';
import { fingerprint } from '../../shared/hash.ts';
import { actionsOf } from './actions.ts';
import { annotate, isBad } from './annotate.ts';
import { seriousBackground } from './background.ts';
import { type ChangeKind, type Changes, findChanges, type PatternChange } from './change.ts';
import { startPatterns } from './end-state.ts';
import { findEpisodes } from './episodes.ts';
import { digestGaps } from './gaps.ts';
import { groupIncidents } from './group.ts';
import { hypothesesOf } from './hypotheses.ts';
import { queriesOf } from './queries.ts';
import { visible } from './quote.ts';
import { type Story, tellStory } from './story.ts';
import type { Words } from './words/words.ts';
import { wordsFor } from './words/words-for.ts';

export interface DigestOptions {
  readonly lang: Language;
  /** Wall time of the whole analysis, for `timings_ms`. */
  readonly totalMs: number;
  /** Paths as the reader gave them, for the command that looks closer. */
  readonly inputs?: readonly string[];
}

const MAX_INCIDENTS = 20;
/** From this many mild incidents on, they are a background of small troubles. */
const MAX_MILD = 5;
const MAX_LISTED = 500;
const MAX_SAMPLES = 3;

export const buildDigest = (summary: LogSummary, options: DigestOptions): Digest => {
  const words = wordsFor(options.lang);
  const items = annotate(summary);
  const changes = findChanges(summary, items);
  const episodes = findEpisodes(summary, changes.patterns, changes.given);
  const grouping = groupIncidents(episodes);
  const allServices = new Set(items.flatMap(({ pattern }) => Object.keys(pattern.services))).size;
  const context = { summary, starts: startPatterns(items), allServices };
  const serious = seriousBackground(summary, episodes);
  const told = [...grouping.clusters.map((cluster) => tellStory(cluster, false, context)), serious === null ? null : tellStory(serious, true, context)];
  const { stories, scattered, more } = choose(told.filter((story) => story !== null));
  const lists = listChanges(changes);
  return {
    schema: 'faultline.digest/1',
    period: intervalOf(summary.extent ?? summary.period),
    baseline: intervalOf(changes.baseline),
    lines: summary.lines,
    events: summary.events,
    errors: summary.errors,
    incidents: stories.map((story, index) => incidentOf(story, index, options, words)),
    patterns: { new: cut(lists.new), growing: cut(lists.growing), gone: cut(lists.gone), ongoing: cut(lists.ongoing) },
    gaps: digestGaps({ summary, items, changes, words, scattered: grouping.scattered + scattered, moreIncidents: more, unlisted: unlisted(lists) }),
    timings_ms: { total: options.totalMs },
    llm: null,
  };
};

/** Most severe first, then earliest; of many mild ones none, of many others the worst. */
const choose = (stories: readonly Story[]): { readonly stories: readonly Story[]; readonly scattered: number; readonly more: number } => {
  const mild = stories.filter(({ severity }) => severity === 'P4');
  const kept = mild.length > MAX_MILD ? stories.filter(({ severity }) => severity !== 'P4') : stories;
  const sorted = [...kept].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || a.start - b.start || b.errors - a.errors);
  const dropped = mild.length > MAX_MILD ? mild.reduce((sum, { errors }) => sum + errors, 0) : 0;
  return { stories: sorted.slice(0, MAX_INCIDENTS), scattered: dropped, more: Math.max(0, sorted.length - MAX_INCIDENTS) };
};

const incidentOf = (story: Story, index: number, { lang, inputs = [] }: DigestOptions, words: Words): LogIncident => ({
  id: `I${index + 1}`,
  fingerprint: fingerprintOf(story),
  title: words.title(story),
  severity: story.severity,
  start: toRfc3339(story.start),
  end: toRfc3339(story.end),
  services: story.services,
  env: only(story.envs),
  region: only(story.regions),
  hosts: story.hosts,
  error_codes: story.codes,
  chain: story.chain.steps.map(({ item, at, count }) => ({
    at: toRfc3339(at),
    pattern: item.pattern.id,
    count,
    summary: words.step(item.failure, item.pattern.template),
  })),
  summary: words.summary(story),
  impact: words.impact(story),
  hypotheses: hypothesesOf(story, words),
  next_actions: actionsOf(story, { lang, words, inputs }),
  queries: queriesOf(story, words),
  sample_logs: samplesOf(story),
});

/** The core is what every occurrence shares: the error patterns of the chain. */
const fingerprintOf = ({ chain }: Story): string => {
  const core = chain.steps.filter(({ item }) => isBad(item)).map(({ item }) => item.pattern.id);
  return `i_${fingerprint(core.sort().join(','))}`;
};

const only = (values: readonly string[]): string | null => (values.length === 1 ? (values[0] ?? null) : null);

/** The first sample of the trigger, of the last step, and of one between: of the patterns that tell most. */
const samplesOf = ({ chain: { trigger, steps } }: Story): readonly string[] => {
  const rest = steps.filter((step) => step !== trigger);
  const order = [trigger, ...rest.slice(-1), ...rest.slice(0, -1)];
  const texts = order.flatMap(({ item }) => item.pattern.samples.slice(0, 1).map(({ text }) => visible(text)));
  return [...new Set(texts)].slice(0, MAX_SAMPLES);
};

const intervalOf = (window: TimeWindow | null): Interval | null => (window === null ? null : { start: toRfc3339(window.start), end: toRfc3339(window.end) });

type Lists = Readonly<Record<ChangeKind, readonly DigestPattern[]>>;

const listChanges = (changes: Changes): Lists => {
  const sorted = [...changes.patterns].filter(({ count, baselineCount }) => count + baselineCount > 0).sort(byInterest);
  const list = (kind: ChangeKind): readonly DigestPattern[] => sorted.filter((change) => change.kind === kind).map(patternOf);
  const ongoing = list('ongoing');
  // What was too rare before to be called gone comes last.
  return { new: list('new'), growing: list('growing'), gone: list('gone'), ongoing: [...ongoing.filter(({ count }) => count > 0), ...ongoing.filter(({ count }) => count === 0)] };
};

/** Worst level first, so that rare errors stay above any amount of noise; then most frequent. */
const byInterest = (a: PatternChange, b: PatternChange): number =>
  levelRank(severe(b)) - levelRank(severe(a)) || b.count + b.baselineCount - (a.count + a.baselineCount) || (a.item.pattern.id < b.item.pattern.id ? -1 : 1);

const severe = ({ item }: PatternChange): 'FATAL' | 'ERROR' | 'WARN' | null =>
  item.weight === 'fatal' ? 'FATAL' : item.weight === 'error' ? 'ERROR' : item.weight === 'warn' ? 'WARN' : null;

const patternOf = ({ item: { pattern }, count, baselineCount }: PatternChange): DigestPattern => ({
  id: pattern.id,
  template: pattern.template,
  count,
  baseline_count: baselineCount,
  severity: pattern.level,
  services: Object.keys(pattern.services).sort(),
  first_seen: pattern.firstSeen === null ? null : toRfc3339(pattern.firstSeen),
  last_seen: pattern.lastSeen === null ? null : toRfc3339(pattern.lastSeen),
});

const cut = (list: readonly DigestPattern[]): readonly DigestPattern[] => list.slice(0, MAX_LISTED);

const unlisted = (lists: Lists): readonly { readonly name: ChangeKind; readonly count: number }[] =>
  (['new', 'growing', 'gone', 'ongoing'] as const).map((name) => ({ name, count: Math.max(0, lists[name].length - MAX_LISTED) }));
