/** Does the telemetry show what such an edit breaks? Kinds of edit and their signs are a table; place, direction and time decide whether a sign counts. */
import type { EpochMs } from '../../domain/time.ts';
import type { ChangeProfile } from '../../signals/changes/change-profile.ts';
import type { Sign } from '../../signals/changes/sign.ts';
import type { ThemeHit } from '../../signals/changes/theme-hits.ts';
import type { Theme } from '../../signals/changes/themes.ts';
import { isStore } from '../relate/store.ts';
import { LOAD_SIGNS, type SeenSign, type TelemetrySigns } from './telemetry-signs.ts';

export interface SignMatch {
  /** 0: nothing fits; 2: the very sign that such edits are known for. */
  readonly points: number;
  /** The same without signs that every trouble shows. */
  readonly specific: number;
  /** Of signs that somebody shows who was answered wrongly. */
  readonly silent: number;
  /** The best fitting theme is a setting. */
  readonly setting: boolean;
  /** Its effects take time to show. */
  readonly creeps: boolean;
  /** What was stored before covers it for a while; then it may show at once. */
  readonly lingers: boolean;
  readonly reasons: readonly string[];
}

/** How the changed service and the suspect stand to each other. */
export type Relation = 'same' | 'calls' | 'is called' | 'unknown' | 'none';

const VAGUE: ReadonlySet<Sign> = new Set<Sign>(['latency', 'errors', 'exception', 'timeout', 'lost_work']);
const SILENT: ReadonlySet<Sign> = new Set<Sign>(['mismatch', 'time', 'lost_work', 'schema', 'encoding', 'access', 'null_value', 'not_found']);
/** What an edit is known for is no accident of it. */
const KNOWN_FOR = 1.5;
const SLACK_MS = 60_000;
/** Of signs at somebody whom the edit's effects reach, and whom they hardly reach. */
const REACHED = 0.8;
const UNREACHED = 0.15;
const PERHAPS = 0.5;
/** What the second and third sign of a theme, and further themes, add. */
const NEXT = [1, 0.3, 0.15] as const;
const NEXT_THEME = [1, 0.35, 0.15] as const;
const MOST = 3;

const NOTHING: SignMatch = { points: 0, specific: 0, silent: 0, setting: false, creeps: false, lingers: false, reasons: [] };

/** Kinds of edit by which a caller hurts a service that it calls in one way only: it calls more often. */
const CALLS_MORE: ReadonlySet<string> = new Set(['pool', 'retry', 'cache', 'key', 'loop', 'call in a loop', 'polling', 'throttle', 'held resource', 'growth', 'computation', 'lock']);
/** What is left of them where calls are counted and no more arrive than ever. */
const NOT_CALLED_MORE = 0.4;

const callWeight = ({ name }: Theme, { relation, suspect, signs }: SignQuestion): number => (relation === 'calls' && CALLS_MORE.has(name) && !isStore(suspect) && signs.isCalledAsEver(suspect) ? NOT_CALLED_MORE : 1);

const reachOf = ({ reaches }: Theme, relation: Relation): number => {
  if (relation === 'same') return 1;
  if (relation === 'calls') return reaches.callees ? REACHED : UNREACHED;
  if (relation === 'is called') return reaches.callers ? REACHED : UNREACHED;
  return relation === 'unknown' && (reaches.callees || reaches.callers) ? PERHAPS : 0;
};

const weighted = (values: readonly number[], weights: readonly number[]): number => [...values].sort((a, b) => b - a).reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0);

interface Fit {
  readonly sign: Sign;
  readonly points: number;
  readonly isAbrupt: boolean;
  readonly shownBy: string;
}

export interface SignQuestion {
  readonly profile: ChangeProfile;
  readonly suspect: string;
  /** Services that the change touches. */
  readonly places: readonly string[];
  readonly relation: Relation;
  readonly signs: TelemetrySigns;
  /** Only these kinds of edit can have brought it about; null: any. */
  readonly themes: ReadonlySet<string> | null;
}

const isLater = ({ onset }: SeenSign, time: EpochMs): boolean => onset === null || onset >= time - SLACK_MS;

/** Traffic that rose by itself brings load, waiting and time-outs along. */
const isExplained = ({ sign }: SeenSign, component: string, { surge }: TelemetrySigns): boolean => surge !== null && LOAD_SIGNS.has(sign) && (surge.components.has(component) || surge.components.size > 1);

/** So do calls that others multiply: at the one who is called, and in the stores it uses, they are nobody's own edit. */
const isImposed = ({ sign }: SeenSign, user: string, places: readonly string[], signs: TelemetrySigns): boolean => places.includes(user) && signs.isFlooded(user) && LOAD_SIGNS.has(sign);

const fitsOf = ({ theme, weight, relieved }: ThemeHit, question: SignQuestion): readonly Fit[] => {
  const { profile, suspect, places, relation, signs } = question;
  const best = new Map<Sign, Fit>();
  const certain = weight * callWeight(theme, question);
  const visit = (component: string, reach: number, user = component): void => {
    for (const seen of signs.of(component)) {
      const known = theme.shows[seen.sign] ?? 0;
      // What fits every edit and every trouble is worth less than it fits.
      const worth = Math.min(known, known ** 2) * certain * seen.certainty * reach;
      if (worth <= 0 || relieved.has(seen.sign) || !isLater(seen, profile.change.time) || isExplained(seen, component, signs) || isImposed(seen, user, places, signs)) continue;
      const held = best.get(seen.sign);
      if (held === undefined || worth > held.points || (worth === held.points && seen.shownBy < held.shownBy)) best.set(seen.sign, { sign: seen.sign, points: worth, isAbrupt: seen.isAbrupt === true, shownBy: seen.shownBy });
    }
  };
  for (const place of places) {
    visit(place, 1);
    // What it keeps for itself shows what it does there.
    for (const store of signs.storesOf(place)) if (store !== suspect) visit(store, reachOf(theme, 'calls'), place);
  }
  if (!places.includes(suspect)) visit(suspect, reachOf(theme, relation));
  return [...best.values()];
};

export const matchSigns = (question: SignQuestion): SignMatch => {
  const found = question.profile.themes.filter(({ theme }) => question.themes === null || question.themes.has(theme.name)).map((hit) => {
    const { theme } = hit;
    const fits = [...fitsOf(hit, question)].sort((a, b) => b.points - a.points || (a.sign < b.sign ? -1 : 1));
    return { theme, fits, points: weighted(fits.map(({ points }) => points), NEXT), specific: weighted(fits.filter(({ sign }) => !VAGUE.has(sign) || (theme.shows[sign] ?? 0) >= KNOWN_FOR).map(({ points }) => points), NEXT) };
  });
  found.sort((a, b) => b.points - a.points || (a.theme.name < b.theme.name ? -1 : 1));
  const [first] = found;
  const [fit] = first?.fits ?? [];
  if (first === undefined || fit === undefined || first.points < 0.2) return NOTHING;
  return {
    points: Math.min(MOST, weighted(found.map(({ points }) => points), NEXT_THEME)),
    specific: Math.min(MOST, weighted(found.map(({ specific }) => specific), NEXT_THEME)),
    silent: Math.max(0, ...found.flatMap(({ fits }) => fits.filter(({ sign }) => SILENT.has(sign)).map(({ points }) => points))),
    setting: first.theme.setting,
    // What creeps up by its kind, and was there at once, did not creep.
    creeps: first.theme.creeps && !fit.isAbrupt,
    lingers: first.theme.creeps,
    reasons: fit.points < 0.6 ? [] : [`edits of its kind (${first.theme.name}) show as ${fit.sign.replaceAll('_', ' ')}, and so does ${fit.shownBy}`],
  };
};
