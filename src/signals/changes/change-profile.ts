/** What a change is, whom it touches, and how likely such a change is to break anything, before any evidence. */
import type { Change } from '../../domain/capsule.ts';
import type { Fault } from '../../domain/report.ts';
import type { EpochMs } from '../../domain/time.ts';
import { settledAt } from './additive.ts';
import { isAmount } from './amounts.ts';
import { codeLines, diffLines, type DiffLines } from './diff-lines.ts';
import { laterEffects } from './effective-times.ts';
import { exposureOf, FLIP } from './exposure.ts';
import { harmlessRisk } from './harmless.ts';
import { hunksOf, type Hunk } from './hunks.ts';
import { formerLifetime } from './lifetimes.ts';
import { numberEdits, type NumberEdit } from './number-edits.ts';
import { DECLARED, themeHits, type ThemeHit } from './theme-hits.ts';
import { REORDERED } from './themes.ts';

export interface ChangeProfile {
  readonly change: Change;
  readonly lines: DiffLines;
  readonly hunks: readonly Hunk[];
  /** Services it names or whose folder it edits, sorted. */
  readonly services: readonly string[];
  /** It edits what several services share. */
  readonly shared: boolean;
  /** 0 to 1. */
  readonly risk: number;
  readonly edits: readonly NumberEdit[];
  /** Share of the traffic that behaves otherwise since, 0 to 1; null where it tells none. */
  readonly exposure: number | null;
  /** Instants after it was made at which it says itself that it begins to act, ascending. */
  readonly laterEffects: readonly EpochMs[];
  /** How long what was stored before it lives on, in milliseconds; 0 where it changes no lifetime. */
  readonly formerLifetime: number;
  /** From when on it can no longer hurt, of a migration that only adds; null of any other change. */
  readonly settledAt: EpochMs | null;
  /** It gives limits or intervals another number and does nothing else. */
  readonly isAmount: boolean;
  /** Kinds of edit that it is, with the signs by which they show. */
  readonly themes: readonly ThemeHit[];
  /** Lines that it really changes, without comments. */
  readonly code: readonly string[];
  /** Faults that such an edit tends to cause. */
  readonly faults: ReadonlySet<Fault>;
}

/** Folders that every service links. */
const SHARED = /^(?:pkg|internal|lib|libs|common|shared|core|platform|config\/shared)\//;

const letters = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
const SUFFIX = /(?:service|svc|server|api|app)$/;

/** Does a folder or scope word stand for a service? `depot` for `depotservice`, `till-service` for `tillservice`. */
export const isNamed = (word: string, service: string): boolean => {
  const a = letters(word).replace(SUFFIX, '');
  const b = letters(service).replace(SUFFIX, '');
  if (a.length >= 3 && a === b) return true;
  return word.length >= 5 && service.toLowerCase().split(/[-_.]/).length > 1 && service.toLowerCase().split(/[-_.]/).includes(word.toLowerCase());
};

const attributeFiles = (change: Change): readonly string[] => {
  const listed = change.attributes['files'];
  if (listed === undefined) return [];
  return (listed.slice(0, 20_000).match(/[\w@.-]+(?:\/[\w@.-]+)*\.?\w*/g) ?? []).slice(0, 200);
};

const wordsNaming = (files: readonly string[], summary: string | null): readonly string[] => [
  ...files.flatMap((file) => file.split('/')),
  ...(/^[\w#-]*\(([\w,/ -]{1,60})\)/.exec(summary ?? '')?.[1]?.split(/[,/ ]/) ?? []),
  ...(/^#([\w-]{2,60})/.exec(summary ?? '')?.slice(1) ?? []),
];

/** Of a release about which nothing is known but that it was made, and of one whose summary says something. */
const OPAQUE = 0.75;
const UNTOLD = 0.4;

/** It hides what it changes: that is no acquittal. */
const isOpaque = ({ kind, summary }: Change): boolean => kind !== 'feature_flag' && kind !== 'commit' && (summary === null || /releas|deploy|roll(?:ing|out| out)|version|\bv?\d+\.\d+/i.test(summary));

/** What a flag that turns all or nothing round is worth, where nobody knows what it guards. */
const FLIPPED = 0.65;

const flagRisk = (exposure: number | null): number => (exposure === null ? UNTOLD : 0.15 + (FLIPPED - 0.15) * exposure);

/** A number that moved to a quarter or four times of what it was does something, whatever it is called. */
const DRASTIC = 0.55;
export const isDrastic = ({ from, to }: NumberEdit): boolean => from > 0 && to > 0 && Math.abs(Math.log2(to / from)) >= 2;

const riskOf = (change: Change, files: readonly string[], code: readonly string[], themes: readonly ThemeHit[], edits: readonly NumberEdit[]): number => {
  const harmless = harmlessRisk(change, files, code);
  // A move that changes no line still changes what happens first.
  if (harmless !== null && (code.length > 0 || !themes.some(({ theme }) => theme === REORDERED))) return harmless;
  if (code.length === 0 && files.length === 0 && themes.every(({ theme }) => theme !== REORDERED)) return change.kind === 'feature_flag' ? flagRisk(exposureOf(change, [])) : isOpaque(change) ? OPAQUE : UNTOLD;
  return Math.max(edits.some(isDrastic) ? DRASTIC : 0.35, ...themes.map(({ theme, weight }) => theme.risk * weight));
};

export const changeProfile = (change: Change, knownServices: readonly string[]): ChangeProfile => {
  const lines = diffLines(change.diff);
  const files = [...new Set([...lines.files, ...attributeFiles(change)])].sort();
  const words = wordsNaming(files, change.summary);
  const exact = knownServices.filter((service) => words.some((word) => letters(word) === letters(service)));
  // A part of a name names where no word is one: beside `services/till/cache`, `cache` is no `till-cache`.
  const named = exact.length > 0 ? exact : knownServices.filter((service) => words.some((word) => isNamed(word, service)));
  const services = new Set(change.service === null ? named : [change.service, ...named]);
  const code = codeLines(lines);
  const edits = numberEdits(lines);
  const themes = themeHits({ code, added: lines.added, removed: lines.removed, reordered: lines.reordered, files, declared: isOpaque(change) ? '' : `${change.id} ${change.summary ?? ''}`.replace(FLIP, ''), edits });
  return {
    change,
    lines: { ...lines, files },
    hunks: hunksOf(change.diff),
    services: [...services].sort(),
    shared: files.some((file) => SHARED.test(file)) || (services.size === 0 && files.length > 0),
    risk: riskOf(change, files, code, themes, edits),
    edits,
    exposure: exposureOf(change, edits),
    laterEffects: laterEffects([...lines.added, change.diff === null ? (change.summary ?? '') : ''], change.time),
    formerLifetime: formerLifetime(lines),
    settledAt: settledAt(change, files, code),
    isAmount: isAmount(lines),
    themes,
    code,
    faults: new Set(themes.filter(({ weight }) => weight >= DECLARED).flatMap(({ theme }) => theme.faults)),
  };
};
