/** A narration ► the wording that stands, field by field, and what was taken out. */
import type { Language } from '../../domain/language.ts';
import type { NarratedSentence, Narration } from '../narrate/narration.ts';
import type { NarrationCase } from '../narrate/narration-case.ts';
import type { EvidencePack } from '../pack/evidence-entry.ts';
import { sentenceChecker, type SentenceChecker } from './check-sentence.ts';
import type { RemovedSentence } from './violation.ts';

/** Texts by place; null or absent: the deterministic text stays there. */
export interface GroundedWording {
  readonly summary: string | null;
  readonly impact: string | null;
  /** By rank. */
  readonly hypotheses: ReadonlyMap<number, string>;
  /** Why a step helps, by index of the action. */
  readonly reasons: ReadonlyMap<number, string>;
  readonly removed: readonly RemovedSentence[];
  /** What stands, as the model wrote it. */
  readonly kept: readonly NarratedSentence[];
  readonly sentences: number;
}

const MAX_SENTENCES = { summary: 4, impact: 2, hypothesis: 2, action: 1 } as const;
const MAX_RECORDED = 50;
const MAX_REFS = 3;

interface Field {
  readonly name: string;
  readonly sentences: readonly NarratedSentence[];
  readonly allowed: ReadonlySet<string> | null;
  readonly limit: number;
}

const INLINE_CITES = /\s*[[(]\s*(?:E?\d+(?:\s*,\s*E?\d+)*)\s*\](?=[.!?]?\s*$|\s)/g;

/** More than any sentence may have; what is longer fails for its length, and is not worth a look. */
const MAX_LOOKED_AT = 2_000;

/** Citations inside the text belong in `cites`; both count. */
const normalised = ({ text: whole, cites }: NarratedSentence): NarratedSentence => {
  const text = whole.slice(0, MAX_LOOKED_AT);
  const inline = [...text.matchAll(INLINE_CITES)].flatMap(([match]) => [...match.matchAll(/\d+/g)].map(([number]) => Number(number)));
  return { text: text.replaceAll(INLINE_CITES, '').replaceAll(/\s+/g, ' ').trim(), cites: [...new Set([...cites, ...inline])] };
};

/** One element may hold several sentences; each has to stand alone. */
const split = (sentence: NarratedSentence): readonly NarratedSentence[] => {
  const { text: whole, cites } = normalised(sentence);
  return whole.split(/(?<=[.!?])\s+(?=[\p{Lu}\p{N}가-힣])/u).map((text) => ({ text, cites }));
};

/** The ids a reader can look up: evidence and patterns; a hypothesis has its evidence, computed facts need none. */
const citationText = (cites: readonly number[], refs: ReadonlyMap<number, string>): string => {
  const shown = [...new Set(cites.map((cite) => refs.get(cite) ?? ''))].filter((ref) => /^E\d+$|^p_/.test(ref)).slice(0, MAX_REFS);
  return shown.length === 0 ? '' : ` [${shown.join(', ')}]`;
};

const withEnd = (text: string, citation: string): string => {
  const end = /[.!?]$/.exec(text)?.[0] ?? '.';
  return `${text.replace(/[.!?]$/, '')}${citation}${end}`;
};

class Grounding {
  readonly removed: RemovedSentence[] = [];
  readonly kept: NarratedSentence[] = [];
  sentences = 0;
  private readonly checker: SentenceChecker;
  private readonly refs: ReadonlyMap<number, string>;

  constructor(checker: SentenceChecker, pack: EvidencePack) {
    this.checker = checker;
    this.refs = new Map(pack.entries.map(({ number, ref }) => [number, ref]));
  }

  /** Null where nothing is left, or less than half of what was said. */
  field({ name, sentences, allowed, limit }: Field): string | null {
    const given = sentences.slice(0, limit).flatMap(split).filter(({ text }) => text !== '').slice(0, limit * 2);
    const kept: NarratedSentence[] = [];
    for (const sentence of given) {
      this.sentences++;
      const failure = this.checker.check(sentence, allowed);
      if (failure === null) kept.push(sentence);
      else if (this.removed.length < MAX_RECORDED) this.removed.push({ field: name, violation: failure.violation, detail: failure.detail });
    }
    if (kept.length === 0 || kept.length * 2 < given.length) return null;
    this.kept.push(...kept);
    return kept.map(({ text, cites }) => withEnd(text, citationText(cites, this.refs))).join(' ');
  }
}

export const groundNarration = (narration: Narration, about: NarrationCase, pack: EvidencePack, language: Language): GroundedWording => {
  const grounding = new Grounding(sentenceChecker({ pack, language, mayBeCertain: about.mayBeCertain }), pack);
  const summary = grounding.field({ name: 'summary', sentences: narration.summary, allowed: null, limit: MAX_SENTENCES.summary });
  const impact = grounding.field({ name: 'impact', sentences: narration.impact, allowed: null, limit: MAX_SENTENCES.impact });
  const hypotheses = new Map<number, string>();
  for (const { rank, refs } of about.hypotheses) {
    const sentences = narration.hypotheses.find((told) => told.rank === rank)?.sentences ?? [];
    const text = grounding.field({ name: `hypothesis ${rank}`, sentences, allowed: new Set(refs), limit: MAX_SENTENCES.hypothesis });
    if (text !== null) hypotheses.set(rank, text);
  }
  const reasons = new Map<number, string>();
  for (const index of about.actions.keys()) {
    const told = narration.next_actions.find(({ action }) => action === index + 1);
    const text = told === undefined ? null : grounding.field({ name: `action ${index + 1}`, sentences: [told], allowed: null, limit: MAX_SENTENCES.action });
    if (text !== null) reasons.set(index, text);
  }
  return { summary, impact, hypotheses, reasons, removed: grounding.removed, kept: grounding.kept, sentences: grounding.sentences };
};
