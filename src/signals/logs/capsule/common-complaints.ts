/**
 * Complaints that many services make now and then, each about its own callee: what several of them wrote in normal times is no news of one that happened to write none then.
 * What is usual for it is what is usual for all who write it; a few more than that are an accident.
 * Test: F. J. Anscombe, "The transformation of Poisson, binomial and negative-binomial data", Biometrika 35 (1948).
 */
import { type Change, isGrave } from './change.ts';

/** Fewer words in a row tell nothing of what is meant. */
const MIN_WORDS = 3;
/** Others who wrote it in normal times: one may have been in trouble. */
const MIN_OTHERS = 2;
/** In standard deviations: from here on it is news all the same. */
const NEWS = 4;

const PLAIN = /^["'([]?[A-Za-z']+[,.:;!"')\]]*$/;

/** The longest run of plain words: what is said, without whom it is said about and how the line is laid out. Null of none. */
const gistOf = (template: string): string | null => {
  let best: readonly string[] = [];
  let run: string[] = [];
  for (const word of [...template.split(/\s+/), '<*>']) {
    if (PLAIN.test(word)) {
      run.push(word.replace(/[^A-Za-z']/g, '').toLowerCase());
      continue;
    }
    if (run.length > best.length) best = run;
    run = [];
  }
  return best.length < MIN_WORDS ? null : best.join(' ');
};

interface Usual {
  /** Slices of normal time that hold it, and all of them, of all who ever write it. */
  hits: number;
  total: number;
  /** Services that wrote it in normal times. */
  readonly services: Set<string>;
}

const usualByGist = (changes: readonly Change[]): ReadonlyMap<string, Usual> => {
  const found = new Map<string, Usual>();
  for (const { service, operation, statement, contrast } of changes) {
    const gist = operation === null && service !== '' && isGrave(statement) ? gistOf(statement.template) : null;
    if (gist === null) continue;
    const usual = found.get(gist) ?? { hits: 0, total: 0, services: new Set() };
    found.set(gist, usual);
    usual.hits += contrast.normalHits;
    usual.total += contrast.normalTotal;
    if (contrast.normalHits > 0) usual.services.add(service);
  }
  return found;
};

/** Strengths of complaints that only their own service did not know are scaled by how far they exceed what is usual for all. */
export const withoutCommon = (changes: readonly Change[]): readonly Change[] => {
  const byGist = usualByGist(changes);
  return changes.map((change) => {
    const { service, statement, contrast } = change;
    if (contrast.surprise < 0 || contrast.normalHits > 0 || contrast.normalTotal === 0 || !isGrave(statement)) return change;
    const usual = byGist.get(gistOf(statement.template) ?? '');
    if (usual === undefined || usual.services.size < MIN_OTHERS || usual.services.has(service)) return change;
    const expected = (usual.hits / usual.total) * contrast.total;
    const distance = 2 * (Math.sqrt(contrast.hits + 0.375) - Math.sqrt(expected + 0.375));
    return distance >= NEWS ? change : { ...change, strength: (change.strength * Math.max(0, distance)) / NEWS };
  });
};
