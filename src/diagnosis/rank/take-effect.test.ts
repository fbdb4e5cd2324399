import { describe, expect, it } from 'vitest';
import { change, MINUTE, T0 } from '../../../test/support/synthetic-capsule.ts';
import { changeProfile } from '../../signals/changes/change-profile.ts';
import { effectBefore } from './take-effect.ts';

const starts = (...minutes: readonly number[]) => (service: string): readonly number[] => (service === 'pay' ? minutes.map((minute) => T0 + minute * MINUTE) : []);
const profileOf = (kind: 'config' | 'commit' | 'deployment', diff: string) => changeProfile(change({ id: 'a', kind, time: T0, service: 'pay', diff }), ['pay']);
const SECRET = '--- a/pay/deploy/secret.yaml\n+++ b/pay/deploy/secret.yaml\n@@ -1,2 +1,2 @@\n-  key: prod/pay\n+  key: shared/pay';

describe('effectBefore', () => {
  it('of what processes read at their start is the next start', () => {
    expect(effectBefore(profileOf('config', SECRET), T0 + 60 * MINUTE, starts(-5, 30, 50))).toEqual({ at: T0 + 30 * MINUTE, how: 'started' });
    expect(effectBefore(profileOf('commit', '@@ a.go @@\n+x()'), T0 + 60 * MINUTE, starts(20))).toEqual({ at: T0 + 20 * MINUTE, how: 'started' });
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
