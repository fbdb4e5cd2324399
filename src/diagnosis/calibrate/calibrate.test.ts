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
const COMPLETE: Observation = { missingSamples: 0, unseen: [], unseenChanged: [], orphanShare: 0, blindShare: 0, normalSamples: 100 };
const PLAIN: Circumstances = { confirmation: null, baselineMissing: false, normalUnknown: false, observation: COMPLETE, reach: (name) => new Map([[name, 0]]) };
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
    expect(confidence(4, 2, { confirmation: 0 })).toBeLessThan(confidence(4, 2, { confirmation: 1 }));
  });

  it('is worth nothing without evidence', () => {
    expect(confidence(0.1, 0)).toBeLessThan(0.5);
  });

  it('has a weight for every feature, none against its meaning', () => {
    expect(Object.keys(CALIBRATION.weights).sort()).toEqual([...FEATURES].sort());
    for (const name of ['strength', 'ratio', 'margin', 'confirmed', 'change'] as const) expect(CALIBRATION.weights[name]).toBeGreaterThanOrEqual(0);
    for (const name of ['crowd', 'weak', 'unknownNormal', 'unseenCallee', 'unseen', 'orphans', 'blind', 'thin'] as const) expect(CALIBRATION.weights[name]).toBeLessThanOrEqual(0);
  });
});
