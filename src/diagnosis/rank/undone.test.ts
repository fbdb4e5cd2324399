import { describe, expect, it } from 'vitest';
import { change, MINUTE, T0 } from '../../../test/support/synthetic-capsule.ts';
import type { Change } from '../../domain/capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import { changeProfile } from '../../signals/changes/change-profile.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import type { Suspect } from './rank-components.ts';
import { matchUndone, undoneAt } from './undone.ts';

const profile = (rest: Partial<Change>, minutes: number) => changeProfile(change({ id: `c${minutes}`, service: 'kiln', time: T0 + minutes * MINUTE, ...rest }), ['kiln']);
const first = profile({ version: '2', previousVersion: '1', diff: '-heat: 4\n+heat: 9' }, 0);
const suspect = (end: number | null): Suspect => {
  const finding: Finding = { id: 'm', kind: 'metric', component: componentOf('service', 'kiln'), faults: {}, role: 'cause', strength: 9, onset: T0, end: end === null ? null : T0 + end * MINUTE, window: null, changeId: null, indicator: 'latency', summary: '', query: null, observed: 9, expected: 4, samples: [] };
  return { component: finding.component, fault: 'code', score: 3, supports: [finding], contradictions: [], changeId: null, topics: ['latency'] };
};

describe('undoneAt', () => {
  it('is when the version before is back, or the lines before are', () => {
    expect(undoneAt(first, [first, profile({ version: '1', previousVersion: '2' }, 20), profile({ diff: '-heat: 9\n+heat: 4' }, 30)])).toBe(T0 + 20 * MINUTE);
    expect(undoneAt(first, [first, profile({ diff: '-heat: 9\n+heat: 4' }, 30)])).toBe(T0 + 30 * MINUTE);
    expect(undoneAt(first, [profile({ version: '1', previousVersion: '2' }, -20), profile({ version: '3', previousVersion: '2', diff: '-heat: 9\n+heat: 5' }, 20)])).toBeNull();
  });
});

describe('matchUndone', () => {
  it('testifies where the trouble ends with it, and against it where the trouble stays', () => {
    const at = T0 + 20 * MINUTE;
    expect(matchUndone(at, suspect(22), T0 + 60 * MINUTE).points).toBeGreaterThan(0);
    expect(matchUndone(at, suspect(null), T0 + 60 * MINUTE).factor).toBeLessThan(1);
    for (const found of [matchUndone(at, suspect(10), T0 + 60 * MINUTE), matchUndone(at, suspect(null), T0 + 25 * MINUTE), matchUndone(null, suspect(22), T0 + 60 * MINUTE)]) expect(found).toEqual({ points: 0, factor: 1, reason: null });
  });
});
