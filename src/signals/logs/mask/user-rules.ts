/** The user's own rules, in RE2 syntax: linear time whatever the pattern. */
import { createRequire } from 'node:module';
import { AppError, messageOf } from '../../../shared/errors.ts';
import { MARK_PATTERN, type MaskSpan } from './mask-span.ts';

export interface UserMaskRule {
  /** Names the rule in messages, and its mark where no kind is given: `<secret:ID>`. */
  readonly id: string;
  /** RE2 syntax. With a group, the first group is masked, else the whole match. */
  readonly pattern: string;
  /** `secret:…` or `pii:…`; a bare name is a secret's. */
  readonly kind?: string;
}

/** Matches of one rule in one text; a rule that matches everywhere stops here. */
const MAX_MATCHES = 100_000;
const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** The part of re2js that is used; it is loaded only where there are rules, as start-up counts. */
interface Re2Matcher {
  readonly find: () => boolean;
  readonly start: (group?: number) => number;
  readonly end: (group?: number) => number;
  readonly groupCount: () => number;
}
interface Re2Module {
  readonly RE2JS: { readonly compile: (pattern: string) => { readonly matcher: (text: string) => Re2Matcher } };
}

const kindOf = (rule: UserMaskRule): string => {
  const kind = rule.kind ?? rule.id;
  const full = kind.startsWith('secret:') || kind.startsWith('pii:') ? kind : `secret:${kind}`;
  if (NAME.test(full.slice(full.indexOf(':') + 1))) return full;
  throw invalid(rule, 'the kind is not a name', 'a kind has lower-case letters, digits and hyphens: secret:employee-id');
};

const invalid = (rule: UserMaskRule, why: string, hint: string): AppError => new AppError({ code: 'mask_rule_invalid', message: `mask rule "${rule.id}": ${why}`, hint });

/** A function from text to the rules' spans (unsorted), or null without rules. Throws AppError `mask_rule_invalid`. */
export const compileUserRules = (rules: readonly UserMaskRule[]): ((text: string) => MaskSpan[]) | null => {
  if (rules.length === 0) return null;
  const { RE2JS } = createRequire(import.meta.url)('re2js') as Re2Module;
  const compiled = rules.map((rule) => {
    const kind = kindOf(rule);
    try {
      const pattern = RE2JS.compile(rule.pattern);
      if (pattern.matcher('').find()) throw new Error('the pattern matches empty text');
      return { kind, pattern };
    } catch (error) {
      throw invalid(rule, messageOf(error), 'patterns use RE2 syntax (https://github.com/google/re2/wiki/Syntax): no look-around, no back-references');
    }
  });
  return (text) => {
    const found = compiled.flatMap(({ kind, pattern }) => matches(pattern.matcher(text), kind));
    return found.length === 0 ? found : outsideMarks(text, found);
  };
};

const matches = (matcher: Re2Matcher, kind: string): MaskSpan[] => {
  const out: MaskSpan[] = [];
  for (let n = 0; n < MAX_MATCHES && matcher.find(); n++) {
    const group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
    const start = matcher.start(group);
    const end = matcher.end(group);
    if (end > start) out.push({ start, end, kind });
  }
  return out;
};

/** A mark is no text: what a rule finds in one is dropped. */
const outsideMarks = (text: string, found: MaskSpan[]): MaskSpan[] => {
  const marks = [...text.matchAll(new RegExp(MARK_PATTERN, 'g'))].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  let next = 0;
  return found
    .sort((a, b) => a.start - b.start)
    .filter((span) => {
      while (next < marks.length && (marks[next]?.end ?? 0) <= span.start) next++;
      const mark = marks[next];
      return mark === undefined || mark.start >= span.end;
    });
};

/** Both lists as one, sorted; what overlaps becomes one span of the kind that began first. */
export const mergeSpans = (builtIn: readonly MaskSpan[], custom: readonly MaskSpan[]): readonly MaskSpan[] => {
  if (custom.length === 0) return builtIn;
  const all = [...custom, ...builtIn].sort((a, b) => a.start - b.start || b.end - a.end);
  const out: MaskSpan[] = [];
  for (const span of all) {
    const last = out.at(-1);
    if (last === undefined || span.start >= last.end) out.push(span);
    else if (span.end > last.end) out[out.length - 1] = { start: last.start, end: span.end, kind: last.kind };
  }
  return out;
};

/** A rules file: YAML or JSON, a list of `{id or name, pattern, kind?}`. Throws AppError `mask_rule_invalid`. */
export const parseMaskRules = (text: string): UserMaskRule[] => {
  const { parse } = createRequire(import.meta.url)('yaml') as { readonly parse: (text: string) => unknown };
  let list: unknown;
  try {
    list = parse(text);
  } catch (error) {
    throw invalid({ id: 'file', pattern: '' }, messageOf(error), 'the file is YAML or JSON: a list of {name, pattern}');
  }
  if (typeof list === 'object' && list !== null && 'rules' in list) ({ rules: list } = list);
  if (!Array.isArray(list)) throw invalid({ id: 'file', pattern: '' }, 'no list', 'the file is a list of {name, pattern}');
  return list.map(toRule);
};

const toRule = (entry: unknown, index: number): UserMaskRule => {
  const fields = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
  const id = fields['id'] ?? fields['name'];
  const { pattern, kind } = fields;
  if (typeof id !== 'string' || typeof pattern !== 'string') throw invalid({ id: `#${index + 1}`, pattern: '' }, 'name or pattern is missing', 'each rule has a name and a pattern');
  return typeof kind === 'string' ? { id, pattern, kind } : { id, pattern };
};
