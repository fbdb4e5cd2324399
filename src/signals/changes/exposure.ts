/** How much of the traffic a change leads through other code: a flag's switch, a share of a rollout, the weight of a canary. */
import type { Change } from '../../domain/capsule.ts';
import type { NumberEdit } from './number-edits.ts';

/** A switch from `off` to `on`, or from 5 % to 10 %: the share of traffic that meets other code from then on. */
export const FLIP = /\b(off|false|disabled|on|true|enabled|\d+(?:\.\d+)?\s?%)\s*(?:->|=>|→|to)\s*(off|false|disabled|on|true|enabled|\d+(?:\.\d+)?\s?%)/i;
const SHARE = /roll_?out|percent|pct|weight|canary|traffic|fraction|ratio|share|expos/;

const levelOf = (text: string): number => (/^\d/.test(text) ? Math.min(1, Number.parseFloat(text) / 100) : /^(?:on|true|enabled)$/i.test(text) ? 1 : 0);

/** 0 to 1: the share of requests that behaves otherwise since; null where the change tells none. `edits`: numbers of its diff. */
export const exposureOf = ({ kind, id, summary }: Change, edits: readonly NumberEdit[]): number | null => {
  const flips = kind === 'feature_flag' || kind === 'config' ? (FLIP.exec(`${id} ${summary ?? ''}`) ?? []) : [];
  const [, from, to] = flips;
  if (from !== undefined && to !== undefined) return Math.abs(levelOf(to) - levelOf(from));
  const edit = edits.find(({ key, from: before, to: after }) => SHARE.test(key) && before >= 0 && after >= 0 && before <= 100 && after <= 100);
  if (edit === undefined) return null;
  const full = edit.from > 1 || edit.to > 1 ? 100 : 1;
  return Math.abs(edit.to - edit.from) / full;
};
