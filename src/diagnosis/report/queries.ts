/** Where to look further: each signal's own language, for the evidence of the first hypotheses. */
import type { Capsule } from '../../domain/capsule.ts';
import type { EvidenceKind, QueryLanguage, Report } from '../../domain/report.ts';
import type { Suspect } from '../rank/rank-components.ts';
import type { Words } from '../words/words.ts';

type Query = Report['queries'][number];

const LANGUAGE_OF: Readonly<Partial<Record<EvidenceKind, QueryLanguage>>> = { metric: 'promql', log_pattern: 'logql', trace: 'traceql' };
const HYPOTHESES = 3;
const MOST = 8;
/** Of the first hypothesis, and of a rival, in one language. */
const OWN = 2;
const RIVAL = 1;

const ofSuspect = ({ supports }: Suspect, most: number, words: Words): readonly Query[] => {
  const counts = new Map<QueryLanguage, number>();
  return supports.flatMap(({ kind, query, component, indicator }) => {
    const language = LANGUAGE_OF[kind];
    const count = language === undefined ? most : (counts.get(language) ?? 0);
    if (language === undefined || query === null || query === '' || count >= most) return [];
    counts.set(language, count + 1);
    return [{ language, query, why: words.whyQuery(words.componentName(component), indicator) }];
  });
};

/** Of the first suspect, in the languages that its evidence does not speak, where the capsule holds such a signal. */
const errorsOf = ({ component }: Suspect, known: readonly Query[], capsule: Capsule, words: Words): readonly Query[] => {
  if (component.kind !== 'service' && component.kind !== 'pod' && component.kind !== 'edge') return [];
  const name = JSON.stringify(component.name);
  const why = words.whyErrors(words.componentName(component));
  const speaks = new Set(known.map(({ language }) => language));
  const queries: Query[] = [];
  if (capsule.logs.length > 0 && !speaks.has('logql')) queries.push({ language: 'logql', query: `{service_name=${name}} |~ "(?i)error|exception|timeout|refused"`, why });
  if (capsule.spans.length > 0 && !speaks.has('traceql')) queries.push({ language: 'traceql', query: `{ resource.service.name = ${name} && status = error }`, why });
  return queries;
};

/** The first hypothesis' in each language, then what else its rivals and itself rest on. */
export const queriesOf = (judged: readonly Suspect[], capsule: Capsule, words: Words): Report['queries'] => {
  const [first] = judged;
  if (first === undefined) return [];
  const own = ofSuspect(first, OWN, words);
  const rivals = judged.slice(1, HYPOTHESES).flatMap((suspect) => ofSuspect(suspect, RIVAL, words));
  const all = [...own, ...errorsOf(first, own, capsule, words), ...rivals];
  const byText = new Map<string, Query>();
  for (const query of all) if (!byText.has(query.query)) byText.set(query.query, query);
  return [...byText.values()].slice(0, MOST);
};
