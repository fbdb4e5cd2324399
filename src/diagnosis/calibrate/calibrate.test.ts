import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../domain/finding.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import type { Observation } from '../relate/observation.ts';
import type { Suspect } from '../rank/rank-components.ts';
import { CALIBRATION } from './calibration.ts';
import { confidenceOf } from './confidence.ts';
import { FEATURES, featuresOf, type Circumstances, type Features } from './features.ts';

const SHIFT: Finding = {
  id: 'm', kind: 'metric', component: componentOf('service', 'a'), faults: {}, role: 'cause', strength: 9, onset: 0, end: null, window: null, changeId: null, indicator: 'cpu', summary: 'x', query: null, observed: null, expected: null, samples: [],
};
const suspect = (name: string, score: number): Suspect => ({ component: componentOf('service', name), fault: 'cpu', score, supports: [SHIFT], contradictions: [], changeId: null, topics: ['resource'] });
const COMPLETE: Observation = { missingSamples: 0, unseen: [], unseenChanged: [], unseenSufferers: [], stepMs: 60_000 };
const PLAIN: Circumstances = { confirmation: null, isRefuted: false, baselineMissing: false, normalUnknown: false, observation: COMPLETE, detectedAt: 0, isJoined: null, isMapped: true };
const confidence = (score: number, rival: number, circumstances: Partial<Circumstances> = {}): number => {
  const all = [suspect('a', score), suspect('b', rival)];
  return confidenceOf(featuresOf(all[0]!, all, { ...PLAIN, ...circumstances }));
};

describe('confidence', () => {
  it('is a probability and never certainty, whatever the features', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: FEATURES.length, maxLength: FEATURES.length }), (values) => {
      const features = Object.fromEntries(FEATURES.map((name, index) => [name, values[index]])) as Features;
      expect(confidenceOf(features)).toBeGreaterThan(0);
      expect(confidenceOf(features)).toBeLessThan(1);
    }));
  });

  it('falls with a closer rival and rises with the score', () => {
    expect(confidence(6, 1)).toBeGreaterThan(confidence(6, 4));
    expect(confidence(6, 4)).toBeGreaterThan(confidence(6, 6));
    expect(confidence(6, 1)).toBeGreaterThan(confidence(1, 0.2));
  });

  it('falls where no normal time is known, and where the named sufferer does not suffer', () => {
    expect(confidence(4, 2, { baselineMissing: true })).toBeLessThan(confidence(4, 2));
    expect(confidence(4, 2, { baselineMissing: true, normalUnknown: true })).toBeLessThan(confidence(4, 2, { baselineMissing: true }));
    expect(confidence(2, 1, { confirmation: 0 })).toBeLessThan(confidence(2, 1, { confirmation: 1 }));
    expect(confidence(4, 2, { isRefuted: true })).toBeLessThan(confidence(4, 2));
  });

  it('falls where the named sufferer, a changed or a called service was not seen, and where the suspect has no place among those who call each other', () => {
    expect(confidence(4, 2, { observation: { ...COMPLETE, unseenSufferers: ['web'] } })).toBeLessThan(confidence(4, 2, { observation: { ...COMPLETE, unseen: ['web'] } }));
    expect(confidence(4, 2, { observation: { ...COMPLETE, unseen: ['web'] } })).toBeLessThan(confidence(4, 2));
    expect(confidence(4, 2, { isJoined: () => false })).toBeLessThan(confidence(4, 2, { isJoined: () => true }));
    // A processor that is busy is so whoever calls whom; failures may be anybody's.
    const failing: Suspect = { ...suspect('a', 4), fault: 'error_return', topics: ['errors'] };
    const of = (one: Suspect, isMapped: boolean): number => confidenceOf(featuresOf(one, [one, suspect('b', 2)], { ...PLAIN, isMapped }));
    expect(of(failing, false)).toBeLessThan(of(failing, true));
    expect(of(suspect('a', 4), false)).toBe(of(suspect('a', 4), true));
  });

  it('falls where the trouble began after it was noticed, by more than a sample', () => {
    const noticed = (ms: number, stepMs = 60_000): number => confidence(4, 2, { detectedAt: -ms, observation: { ...COMPLETE, stepMs } });
    expect(noticed(4 * 60_000)).toBeLessThan(noticed(0));
    expect(noticed(10 * 60_000)).toBeLessThan(noticed(4 * 60_000));
    expect(noticed(4 * 60_000, 5 * 60_000)).toBe(noticed(0));
  });

  it('falls with what speaks against it, and where another component has a change that is to blame', () => {
    const [first, rival] = [suspect('a', 4), suspect('b', 2)];
    const told = (one: Suspect, other: Suspect): number => confidenceOf(featuresOf(one, [one, other], PLAIN));
    expect(told({ ...first, contradictions: [SHIFT] }, rival)).toBeLessThan(told(first, rival));
    expect(told(first, { ...rival, changeId: 'c' })).toBeLessThan(told(first, rival));
    expect(told({ ...first, changeId: 'c' }, { ...rival, changeId: 'c' })).toBeGreaterThan(told(first, rival));
  });

  it('is worth nothing without evidence', () => {
    expect(confidence(0.1, 0)).toBeLessThan(0.5);
  });

  it('has a weight for every feature, none against its meaning', () => {
    expect(Object.keys(CALIBRATION.weights).sort()).toEqual([...FEATURES].sort());
    for (const name of ['strength', 'ratio', 'margin', 'change'] as const) expect(CALIBRATION.weights[name]).toBeGreaterThanOrEqual(0);
    for (const name of ['weak', 'contradicted', 'changeElsewhere', 'outOfGraph', 'after', 'refuted', 'unknownNormal', 'unseen', 'blindSufferer'] as const) expect(CALIBRATION.weights[name]).toBeLessThanOrEqual(0);
  });
});
