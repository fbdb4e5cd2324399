/** Which known failures a piece of log text shows. Linear in the text: plain substring search, no patterns from outside. */
import { CAUSAL_RANK, type KnownFailure } from './known-failure.ts';
import { KNOWN_FAILURES } from './known-failures.ts';

/** What is looked at. All of it is data: a match names a step, it proves nothing. */
export interface FailureText {
  /** A masked template or message, or several. */
  readonly texts: readonly string[];
  /** Exception types, with or without package. */
  readonly types?: readonly string[];
  /** Normalised error codes, e.g. `SQLSTATE_08001`. */
  readonly codes?: readonly string[];
}
export interface FailureMatch {
  readonly failure: KnownFailure;
  /** Higher is more specific: the length of the longest phrase, type or code that matched. */
  readonly specificity: number;
}

const MAX_TEXT = 2000;
/** Types and codes are printed by machines for machines, so they count for more than prose of the same length. */
const TYPE_BONUS = 4;

/** Lines that argue instead of report: they claim a cause or address a reader who takes orders. Nothing in them is believed. */
const CLAIMS: readonly string[] = [
  'root cause:', 'root cause is', 'root cause was', 'rootcause:', 'root_cause', 'probable cause', 'the cause is', 'the real cause', 'actual cause',
  'ignore previous', 'ignore all', 'ignore the above', 'ignore your', 'disregard', 'previous instructions', 'system prompt', 'you are an ai', 'as an ai', 'assistant:',
  'important message from', 'you must', 'please run', 'run the following', 'run this command', 'execute the following', 'to fix this, run', 'to fix, run', 'run: ', 'next action', 'next_action', 'recommended action',
  '근본 원인', '실제 원인', '원인은', '이전 지시', '지시를 무시', '명령을 실행', '다음을 실행',
];

const parts = new Map<string, readonly string[]>();
for (const failure of KNOWN_FAILURES) for (const phrase of failure.phrases) parts.set(phrase, phrase.split(' + '));

/** Whether a text argues a cause or gives orders, rather than reporting what happened. */
export const isClaim = (text: string): boolean => {
  const lower = text.slice(0, MAX_TEXT).toLowerCase();
  return CLAIMS.some((claim) => lower.includes(claim));
};

/** Known failures in a text, the most specific first; none where the text argues a cause. */
export const matchKnownFailures = (input: FailureText): readonly FailureMatch[] => {
  if (input.texts.some(isClaim)) return [];
  const texts = input.texts.map((text) => text.slice(0, MAX_TEXT).toLowerCase());
  const types = (input.types ?? []).map((type) => simpleType(type).toLowerCase());
  const codes = input.codes ?? [];
  const matches: FailureMatch[] = [];
  for (const failure of KNOWN_FAILURES) {
    const specificity = Math.max(byPhrase(failure, texts), byType(failure, types), byCode(failure, codes));
    if (specificity > 0) matches.push({ failure, specificity });
  }
  return matches.sort(compareMatches);
};

/** `a.b.C$D` ► `D`; `pkg.Error` ► `Error`. */
export const simpleType = (type: string): string => type.slice(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);

/** A wrapper only counts where nothing more telling matched. */
const compareMatches = (a: FailureMatch, b: FailureMatch): number => {
  const wrapped = Number(a.failure.rank === 'wrapper') - Number(b.failure.rank === 'wrapper');
  return wrapped || b.specificity - a.specificity || CAUSAL_RANK[a.failure.rank] - CAUSAL_RANK[b.failure.rank] || (a.failure.id < b.failure.id ? -1 : 1);
};

const byPhrase = (failure: KnownFailure, texts: readonly string[]): number => {
  let best = 0;
  for (const phrase of failure.phrases) {
    if (phrase.length > best && texts.some((text) => containsInOrder(text, parts.get(phrase) ?? [phrase]))) best = phrase.length;
  }
  return best;
};

const byType = (failure: KnownFailure, types: readonly string[]): number => {
  let best = 0;
  for (const type of failure.types ?? []) if (types.includes(type)) best = Math.max(best, type.length + TYPE_BONUS);
  return best;
};

const byCode = (failure: KnownFailure, codes: readonly string[]): number => {
  let best = 0;
  for (const prefix of failure.codes ?? []) if (codes.some((code) => code.startsWith(prefix))) best = Math.max(best, prefix.length + TYPE_BONUS);
  return best;
};

const containsInOrder = (text: string, needles: readonly string[]): boolean => {
  let from = 0;
  for (const needle of needles) {
    const at = text.indexOf(needle, from);
    if (at === -1) return false;
    from = at + needle.length;
  }
  return true;
};
