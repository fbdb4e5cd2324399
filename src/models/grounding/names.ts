/** Names that a sentence uses, and whether the evidence has them. */

/** Words of plain English that carry a sign or begin a sentence without naming anything. */
const STARTERS: ReadonlySet<string> = new Set(
  `a about above according across after all almost along also although among an and another any apart approximately are around as at based be because been before began beginning behind being below besides between both but by
  calls causing clients concurrently consequently customers despite downstream due during each early either evidence every everything except failures few first following for from further given half has hence here however if in
  incoming indeed initially instead is it its just last later latency likely many meanwhile more most much multiple nearly neither no none nor not nothing notably now observed occasionally of on once one only or other others our
  over overall possibly presumably prior probably rather recovery repeatedly requests responses right second services several shortly similarly simultaneously since so some soon still such sudden suddenly symptoms that the their
  them then there therefore these they this those though through throughout thus timeouts to together top toward two under unlike until up upon users very was we were what when where whereas whether which while who whole why with
  within without yet errors error failing affected additional subsequent subsequently then thereafter`.split(/\s+/),
);
const PLAIN_COMPOUNDS: ReadonlySet<string> = new Set(['read-only', 'time-out', 'time-outs', 'follow-up', 'on-call', 'so-called', 'well-known', 'long-running', 'short-lived', 're-run', 'knock-on', 'end-to-end', 'up-to-date', 'root-cause']);
const UPPER_CASE: ReadonlySet<string> = new Set(['API', 'HTTP', 'UTC', 'ID', 'OK', 'I', 'A', 'KST']);

const PREFIX = 5;
const EDGE = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/** Particles that Korean glues to a Latin name: `order-service에서`. */
const latinPart = (word: string): string => (/[가-힣]/.test(word) && /[A-Za-z]/.test(word) ? (/[A-Za-z0-9][\w./:@-]*/.exec(word)?.[0] ?? word) : word).replaceAll(EDGE, '');

export interface NameIndex {
  /** Whole words and identifiers. */
  readonly hasExactly: (word: string) => boolean;
  /** Also plain words that share a stem with one. */
  readonly has: (word: string) => boolean;
}

export const nameIndex = (text: string): NameIndex => {
  const lower = text.toLowerCase();
  const words = new Set(lower.split(/[^\p{L}\p{N}]+/u));
  const identifiers = new Set(lower.split(/[\s,;“”"'()=…]+/).flatMap((word) => [word.replaceAll(EDGE, ''), latinPart(word)]));
  const stems = new Set([...words].filter((word) => word.length >= PREFIX).map((word) => word.slice(0, PREFIX)));
  const hasExactly = (given: string): boolean => identifiers.has(given.toLowerCase()) || words.has(given.toLowerCase());
  const sharesStem = (word: string): boolean => /^\p{L}+$/u.test(word) && word.length >= PREFIX && stems.has(word.slice(0, PREFIX).toLowerCase());
  return { hasExactly, has: (word) => hasExactly(word) || sharesStem(word) };
};

/** Something a person or a machine gave as a name: signs or digits inside, capitals inside, all capitals. */
const isIdentifier = (word: string): boolean => /[\p{L}\p{N}][_./:@-][\p{L}\p{N}]/u.test(word) || (/\p{L}/u.test(word) && /\d/.test(word)) || /\p{Ll}\p{Lu}/u.test(word) || /^\p{Lu}{2,}s?$/u.test(word);

/** A name followed or preceded by what it names: "the ledger service", "pod ledger". */
const KINDS = /\b([a-z][a-z-]{2,40}) (?:service|pod|node|host|cluster|database|queue|topic|deployment|container|job)s?\b/g;
const KOREAN_KINDS = /([A-Za-z][\w.-]{1,60}|[가-힣]{2,10}) (?:서비스|파드|노드|호스트|클러스터|데이터베이스|큐|토픽)/g;
const NOT_NAMES = /^(?:the|this|that|these|those|each|every|any|all|both|same|other|another|one|some|several|many|more|most|its|their|our|affected|failing|failed|calling|called|downstream|upstream|dependent|unhealthy|healthy|new|old|first|second|single|main|primary|and|or|of|in|on|at|by|from|for|with|to|per|no|which|whose|whole|entire|respective|relevant|remaining|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand)$/;
const NOT_KOREAN_NAMES = /^(?:해당|다른|모든|이들|여러|일부|같은|관련|영향받은|받은|하위|상위|하류|상류|호출|대상|원본|전체|각각|문제|주요|최초|이후|나머지)$/;

const kindNames = (text: string): readonly string[] => [
  ...[...text.matchAll(KINDS)].flatMap(([, name]) => (name === undefined || NOT_NAMES.test(name) ? [] : name)),
  ...[...text.matchAll(KOREAN_KINDS)].flatMap(([, name]) => (name === undefined || NOT_KOREAN_NAMES.test(name) ? [] : name)),
];

const isNeutral = (word: string, isFirst: boolean): boolean => UPPER_CASE.has(word) || PLAIN_COMPOUNDS.has(word.toLowerCase()) || (isFirst && STARTERS.has(word.toLowerCase()));

/** A number with its unit and, in Korean, what is counted and its particle: numbers are checked by themselves. */
const QUANTITY = /^(?:[\d.,:%/-]+(?:ms|s|m|h|d|%|x|kb|mb|gb|kib|mib|gib)?|\d{4}-\d\d-\d\dT[\d:.]+Z?)[가-힣]*$/i;

/** The first name in `sentence` that `known` lacks; null where there is none. */
export const unknownName = (sentence: string, known: NameIndex): string | null => {
  const words = sentence.split(/[\s,;“”"'()]+/).map(latinPart).filter((word) => word !== '');
  const isKorean = /[가-힣]/.test(sentence);
  for (const [index, word] of words.entries()) {
    if (QUANTITY.test(word) || /^[가-힣]+$/.test(word)) continue;
    const isName = isIdentifier(word) || /^\p{Lu}/u.test(word) || (isKorean && /^[A-Za-z]{2,}$/.test(word));
    if (!isName || isNeutral(word, index === 0)) continue;
    const name = word.replace(/['’]s$/, '');
    if (!(isIdentifier(name) ? known.hasExactly(name) : known.has(name))) return word;
  }
  return kindNames(sentence).find((name) => !known.has(name)) ?? null;
};
