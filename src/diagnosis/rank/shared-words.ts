/** Names that a diff and the telemetry share: whole identifiers, pairs of their parts, and single words that few changes have. */

/** Words of every programming language, log line and change, which identify nothing. */
const COMMON = new Set(
  ('return error errors false true null none func function const class public private static void string number this self that with from import package struct type types interface while break continue switch case default ' +
    'else then when async await throw throws catch finally final defer range make append http https json info warn warning debug fatal trace request requests response responses service services server client handler handle context ' +
    'status code codes message messages timeout timed failed failure failing called calls call upstream downstream normally runs median took time times lost into between longer value values after before because cause root ' +
    'data item items list name names index key keys user users result results count total size limit length id ids get set new old add remove update create delete load store read write open close start stop end begin init main test ' +
    'config settings option options param params args input output object array map string text line lines file files path node base core util common app api web svc duration second seconds minute minutes millis unit ' +
    'normal slow fast first last next more less than over only each every some all any not for and the was were has have had been being does did are its our your their there here where what which who whom why how ' +
    'connection connections connect query queries database cache thread threads process worker workers queue event events log logs logger metric metrics span spans attempt attempts exception panic expected unexpected invalid missing unknown rejecting rejected returned returns using used use run running feat fix chore refactor perf span body rate ratio').split(' '),
);
const MAX_WORDS = 4_000;
const TOKEN = /[A-Za-z][A-Za-z0-9]*(?:[_.-][A-Za-z0-9]+)*/g;
const PART = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[a-z]?\d+/g;

const partsOf = (token: string): readonly string[] =>
  token.split(/[_.-]/).flatMap((piece) => (/^[a-z]?\d+$/i.test(piece) ? [piece] : (piece.match(PART) ?? []))).map((part) => part.toLowerCase());

/** `parcels` and `parcel` are one word. */
const stem = (word: string): string => (word.length > 4 && word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.length > 4 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word);

/** One of those that identify nothing. */
export const isOrdinary = (word: string): boolean => COMMON.has(word) || COMMON.has(stem(word));

export interface Vocabulary {
  /** Stems of at least four letters that are not common. */
  readonly words: ReadonlySet<string>;
  /** Adjacent parts, joined by a space. */
  readonly pairs: ReadonlySet<string>;
}

const addPairs = (parts: readonly string[], pairs: Set<string>): void => {
  for (let i = 1; i < parts.length; i++) {
    const [a, b] = [parts[i - 1] ?? '', parts[i] ?? ''];
    if (a.length < 2 || b.length < 2 || a.length + b.length < 7 || (isOrdinary(a) && isOrdinary(b))) continue;
    pairs.add(`${stem(a)} ${stem(b)}`);
  }
};

/** `prose`: words that follow one another make pairs as well. */
export const vocabularyOf = (text: string, prose: boolean): Vocabulary => {
  const words = new Set<string>();
  const pairs = new Set<string>();
  for (const line of text.split('\n')) {
    let flow: string[] = [];
    for (const [token] of line.slice(0, 2_000).matchAll(TOKEN)) {
      const parts = partsOf(token);
      for (const part of parts) if (part.length >= 4 && !isOrdinary(part)) words.add(stem(part));
      const whole = token.toLowerCase();
      if (parts.length > 1 && /^[a-z0-9]+$/.test(whole) && whole.length >= 7) words.add(whole);
      addPairs(parts, pairs);
      if (prose) {
        addPairs([...flow, ...parts].slice(-parts.length - 1), pairs);
        flow = [...parts];
      }
      if (words.size + pairs.size >= MAX_WORDS) return { words, pairs };
    }
  }
  return { words, pairs };
};
