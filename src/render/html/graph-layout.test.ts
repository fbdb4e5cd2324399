import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutGraph } from './graph-layout.ts';

const NAMES = Array.from({ length: 12 }, (_, index) => `s${index}`);
const edge = fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)).filter(([a, b]) => a !== b).map(([source, destination]) => ({ source, destination }));
const edges = fc.uniqueArray(edge, { maxLength: 40, selector: ({ source, destination }) => `${source}>${destination}` });

describe('layout of a call graph', () => {
  it('puts callers left of whom they call', () => {
    const { places, columns } = layoutGraph(['a', 'b', 'c', 'd'], [{ source: 'a', destination: 'b' }, { source: 'b', destination: 'c' }, { source: 'a', destination: 'c' }, { source: 'd', destination: 'c' }]);
    expect(['a', 'b', 'c', 'd'].map((name) => places.get(name)?.column)).toEqual([0, 1, 2, 1]);
    expect(columns).toBe(3);
  });

  it('leads long calls past the layers between', () => {
    const { ways } = layoutGraph(['a', 'b', 'c'], [{ source: 'a', destination: 'b' }, { source: 'b', destination: 'c' }, { source: 'a', destination: 'c' }]);
    expect(ways.map((way) => way.map(({ column }) => column))).toEqual([[], [], [1]]);
  });

  it('lets no two boxes overlap, in any graph, cycles included', () => {
    fc.assert(fc.property(edges, (calls) => {
      const { places, rows, columns } = layoutGraph(NAMES, calls);
      const all = [...places.values()];
      expect(all).toHaveLength(NAMES.length);
      for (const [index, one] of all.entries()) {
        expect(one.column >= 0 && one.column < columns && one.row >= 0.5 && one.row <= rows - 0.5).toBe(true);
        for (const other of all.slice(index + 1)) expect(one.column !== other.column || Math.abs(one.row - other.row) >= 0.999).toBe(true);
      }
    }), { numRuns: 60 });
  });

  it('is the same every time', () => {
    fc.assert(fc.property(edges, (calls) => { expect(layoutGraph(NAMES, calls)).toEqual(layoutGraph(NAMES, calls)); }), { numRuns: 20 });
  });
});
