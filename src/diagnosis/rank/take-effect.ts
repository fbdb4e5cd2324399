/**
 * When a change begins to act: when it is made; at an instant that it names itself; and where processes read it at their start, as they do the code
 * of a commit, and secrets and settings handed over as environment (Kubernetes, "ConfigMaps": pods have to be restarted), when they next start.
 */
import type { EpochMs } from '../../domain/time.ts';
import type { ChangeProfile } from '../../signals/changes/change-profile.ts';

export interface Effect {
  readonly at: EpochMs;
  /** `made`: at once; `named`: at an instant that it sets; `started`: with the next start of the service's processes. */
  readonly how: 'made' | 'named' | 'started';
}

/** What processes read when they start: secrets, environment, files of properties. */
const READ_AT_START = /secret|config-?map|(?:^|[/._-])env(?:$|[/._-])|environment|\.properties$|vault|\bssm\b|parameter[-_ ]?store/i;

const isReadAtStart = ({ change, lines, code }: ChangeProfile): boolean =>
  change.kind === 'commit' || ((change.kind === 'config' || change.kind === 'infrastructure') && (lines.files.some((file) => READ_AT_START.test(file)) || code.some((line) => READ_AT_START.test(line))));

/** Of the times at which it may have begun to act the last before `latest`. `startsOf`: when a service's processes were started anew, ascending. */
export const effectBefore = (profile: ChangeProfile, latest: EpochMs | null, startsOf: (service: string) => readonly EpochMs[]): Effect => {
  const { change, laterEffects } = profile;
  const made: Effect = { at: change.time, how: 'made' };
  if (latest === null) return made;
  const named = laterEffects.findLast((at) => at <= latest);
  if (named !== undefined) return { at: named, how: 'named' };
  const started = change.service !== null && isReadAtStart(profile) ? startsOf(change.service).find((at) => at > change.time && at <= latest) : undefined;
  return started === undefined ? made : { at: started, how: 'started' };
};
