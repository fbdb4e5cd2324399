/** One sentence of a model against the evidence it cites. Deterministic, so that it holds whatever the model was told. */
import type { Language } from '../../domain/language.ts';
import type { EvidencePack, PackedEntry } from '../pack/evidence-entry.ts';
import { conceptsIn, unknownConcept } from './concepts.ts';
import { nameIndex, unknownName, type NameIndex } from './names.ts';
import { numberIndex, numbersIn } from './numbers.ts';
import { hasMarkup, hasQuotes, isCertain, isSentence, orderIn, quotesTelemetry } from './plain-prose.ts';
import type { Violation } from './violation.ts';

export interface CitedSentence {
  readonly text: string;
  /** Numbers of the pack's entries. */
  readonly cites: readonly number[];
}

export interface Failure {
  readonly violation: Violation;
  readonly detail: string;
}

export interface Grounds {
  readonly pack: EvidencePack;
  readonly language: Language;
  /** May a sentence sound sure? */
  readonly mayBeCertain: boolean;
}

export interface SentenceChecker {
  /** Null: it stands. `allowed`: refs that may be cited here; null: any. */
  check(sentence: CitedSentence, allowed: ReadonlySet<string> | null): Failure | null;
}

const MAX_CHARS = 420;
const MAX_DETAIL = 40;

const failure = (violation: Violation, detail = ''): Failure => ({ violation, detail: detail.slice(0, MAX_DETAIL) });

const ofProse = (text: string, grounds: Grounds): Failure | null => {
  if (text.length > MAX_CHARS) return failure('too_long', String(text.length));
  if (hasMarkup(text)) return failure('markup');
  if (!isSentence(text)) return failure('no_sentence');
  if (hasQuotes(text)) return failure('quotes_telemetry', 'quotation marks');
  const order = orderIn(text);
  if (order !== null) return failure('order', order);
  if (!grounds.mayBeCertain && isCertain(text)) return failure('certainty');
  if (grounds.language === 'ko' && !/[가-힣]/.test(text)) return failure('language');
  if (grounds.language === 'en' && /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(text)) return failure('language');
  return null;
};

const citedOf = (sentence: CitedSentence, byNumber: ReadonlyMap<number, PackedEntry>, allowed: ReadonlySet<string> | null): readonly PackedEntry[] | Failure => {
  const cited: PackedEntry[] = [];
  for (const number of sentence.cites) {
    const entry = byNumber.get(number);
    if (entry === undefined) return failure('unknown_citation', String(number));
    if (allowed !== null && !allowed.has(entry.ref)) return failure('foreign_citation', String(number));
    cited.push(entry);
  }
  return cited.length === 0 ? failure('no_citation') : cited;
};

/** A citation that shares neither a word nor a number with its sentence proves nothing; Korean sentences share names and numbers only. */
const sharesWords = (text: string, cited: NameIndex): boolean => text.split(/[^\p{L}\p{N}_.-]+/u).some((word) => word.length >= 4 && cited.has(word));

/** What a computed statement quotes is telemetry too. */
const quotedIn = (text: string): readonly string[] => [...text.matchAll(/“([^”]{1,2000})/g)].map(([, quoted]) => quoted ?? '');

export const sentenceChecker = (grounds: Grounds): SentenceChecker => {
  const byNumber = new Map(grounds.pack.entries.map((entry) => [entry.number, entry]));
  const all = grounds.pack.entries.map(({ text }) => text).join('\n');
  const telemetry = grounds.pack.entries.flatMap((entry) => [...entry.telemetry, ...quotedIn(entry.text)]);
  const concepts = conceptsIn(all);
  const names = nameIndex(all);
  return {
    check: (sentence, allowed) => {
      const prose = ofProse(sentence.text, grounds);
      if (prose !== null) return prose;
      const cited = citedOf(sentence, byNumber, allowed);
      if ('violation' in cited) return cited;
      const citedText = cited.map(({ text }) => text).join('\n');
      const numbers = numberIndex(citedText);
      const stated = numbersIn(sentence.text);
      const invented = stated.find((number) => !numbers.has(number));
      if (invented !== undefined) return failure('number', invented);
      const name = unknownName(sentence.text, names);
      if (name !== null) return failure('name', name);
      const concept = unknownConcept(sentence.text, concepts);
      if (concept !== null) return failure('concept', concept);
      if (grounds.language === 'en' && stated.length === 0 && !sharesWords(sentence.text, nameIndex(citedText))) return failure('foreign_citation', 'nothing in common');
      return quotesTelemetry(sentence.text, telemetry) ? failure('quotes_telemetry') : null;
    },
  };
};
