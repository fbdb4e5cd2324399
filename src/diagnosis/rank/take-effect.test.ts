import { describe, expect, it } from 'vitest';
import { change, MINUTE, T0 } from '../../../test/support/synthetic-capsule.ts';
import { changeProfile } from '../../signals/changes/change-profile.ts';
import { effectBefore, ships } from './take-effect.ts';

const starts = (...minutes: readonly number[]) => (service: string): readonly number[] => (service === 'pay' ? minutes.map((minute) => T0 + minute * MINUTE) : []);
const profileOf = (kind: 'config' | 'commit' | 'deployment', diff: string) => changeProfile(change({ id: 'a', kind, time: T0, service: 'pay', diff }), ['pay']);
const SECRET = '--- a/pay/deploy/secret.yaml\n+++ b/pay/deploy/secret.yaml\n@@ -1,2 +1,2 @@\n-  key: prod/pay\n+  key: shared/pay';

describe('effectBefore', () => {
  it('of what processes read at their start is the next start', () => {
    expect(effectBefore(profileOf('config', SECRET), T0 + 60 * MINUTE, starts(-5, 30, 50))).toEqual({ at: T0 + 30 * MINUTE, how: 'started' });
  });

  it('is when it was made where none followed in time, or where nothing waits for a start', () => {
    expect(effectBefore(profileOf('config', SECRET), T0 + 20 * MINUTE, starts(30)).how).toBe('made');
    expect(effectBefore(profileOf('config', SECRET), null, starts(30)).how).toBe('made');
    expect(effectBefore(profileOf('deployment', SECRET), T0 + 60 * MINUTE, starts(30)).how).toBe('made');
    expect(effectBefore(profileOf('config', '--- a/pay/limits.yaml\n+++ b/pay/limits.yaml\n-  cpu: 2\n+  cpu: 1'), T0 + 60 * MINUTE, starts(30)).how).toBe('made');
  });

  it('is the instant that it names', () => {
    const at = new Date(T0 + 40 * MINUTE).toISOString();
    expect(effectBefore(profileOf('config', `+  from: "${at}"`), T0 + 60 * MINUTE, starts(30))).toEqual({ at: T0 + 40 * MINUTE, how: 'named' });
  });
});

describe('ships', () => {
  const commit = profileOf('commit', '@@ a.go @@\n+\tkiln.Fire(ctx)');
  const deployed = (diff: string | null, minutes: number) => changeProfile(change({ id: 'd', kind: 'deployment', time: T0 + minutes * MINUTE, service: 'pay', diff }), ['pay']);

  it('takes a commit along where the deployment shows nothing of its own, or the same lines', () => {
    expect([deployed(null, 5), deployed('@@ a.go @@\n+\tkiln.Fire(ctx)\n+\tother()', 5)].map((one) => ships(one, commit))).toEqual([true, true]);
  });

  it('does not where it shows something else, or came before', () => {
    expect([deployed('@@ b.go @@\n+\tother(ctx)', 5), deployed(null, -5), profileOf('config', SECRET)].map((one) => ships(one, commit))).toEqual([false, false, false]);
  });
});
