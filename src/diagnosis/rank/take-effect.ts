/**
 * When a change begins to act: when it is made; at an instant that it names itself; and where processes read it at their start, as they do secrets and
 * settings handed over as environment (Kubernetes, "ConfigMaps": pods have to be restarted), when they next start. A commit runs once it is deployed.
 */
import type { EpochMs } from '../../domain/time.ts';
import type { ChangeProfile } from '../../signals/changes/change-profile.ts';

export interface Effect {
  readonly at: EpochMs;
  /** `made`: at once; `named`: at an instant that it sets; `started`: with the next start of the service's processes. */
  readonly how: 'made' | 'named' | 'started';
}

/** Troubles are dated by the interval in which they are sampled, from its beginning: an instant named for a little later may still have begun one. */
const SAMPLED_MS = 60_000;

/** What processes read when they start: secrets, environment, files of properties. */
const READ_AT_START = /secret|config-?map|(?:^|[/._-])env(?:$|[/._-])|environment|\.properties$|vault|\bssm\b|parameter[-_ ]?store/i;

const isReadAtStart = ({ change, lines, code }: ChangeProfile): boolean =>
  (change.kind === 'config' || change.kind === 'infrastructure') && (lines.files.some((file) => READ_AT_START.test(file)) || code.some((line) => READ_AT_START.test(line)));

/** Of the times at which it may have begun to act the last before `latest`. `startsOf`: when a service's processes were started anew, ascending. */
export const effectBefore = (profile: ChangeProfile, latest: EpochMs | null, startsOf: (service: string) => readonly EpochMs[]): Effect => {
  const { change, laterEffects } = profile;
  const made: Effect = { at: change.time, how: 'made' };
  if (latest === null) return made;
  const named = laterEffects.findLast((at) => at <= latest + SAMPLED_MS);
  if (named !== undefined) return { at: named, how: 'named' };
  const started = change.service !== null && isReadAtStart(profile) ? startsOf(change.service).find((at) => at > change.time && at <= latest) : undefined;
  return started === undefined ? made : { at: started, how: 'started' };
};

const MAX_LINES = 200;

/** Does a deployment take a commit along? One that shows its own diff ships what that shows or its summary says; one that shows none ships all that came before it. */
export const ships = (deployment: ChangeProfile, commit: ChangeProfile): boolean => {
  if (deployment.change.kind !== 'deployment' || deployment.change.time < commit.change.time) return false;
  if (deployment.code.length === 0 || (commit.change.summary !== null && commit.change.summary === deployment.change.summary)) return true;
  const shown = new Set(deployment.code);
  return commit.code.slice(0, MAX_LINES).some((line) => line.length > 3 && shown.has(line));
};
