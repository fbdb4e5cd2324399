import { describe, expect, it } from 'vitest';
import { FAULTS } from '../../domain/report.ts';
import { LANGUAGES } from '../../domain/language.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import { wordsOfLanguage, type HypothesisFacts } from './words.ts';

const facts: HypothesisFacts = { component: componentOf('service', 'order'), fault: 'memory', indicator: 'heap', changeId: 'c-1', onset: '2025-03-03T10:08:00.000Z', confidence: 80 };

describe.each(LANGUAGES)('%s', (language) => {
  const words = wordsOfLanguage(language);

  it('has a name and an advice for every fault, with the component in it', () => {
    for (const fault of FAULTS) {
      expect(words.fault[fault]).not.toBe('');
      expect(words.act(fault, 'order')).toContain('order');
      expect(words.act(fault, 'order')).not.toContain('{c}');
    }
  });

  it('names component, indicator, change and onset of a hypothesis', () => {
    for (const part of ['order', 'heap', 'c-1', '2025-03-03T10:08:00.000Z']) expect(words.hypothesis(facts)).toContain(part);
  });

  it('cuts long lists and says so', () => {
    const names = Array.from({ length: 9 }, (_, i) => `s${i}`);
    expect(words.impact(names)).toContain('s4');
    expect(words.impact(names)).not.toContain('s5');
    expect(words.impact(names)).toContain('4');
  });
});
