/** What a value looks like: a placeholder, a word, or something drawn at random. */
import { isDigit, isHex, isLetter, isLower, isUpper } from './characters.ts';

/** Words that stand where a value would, in configuration dumps and in prose. */
const STOP_WORDS = new Set(
  (
    'null nil none undefined true false on off yes no ok empty missing invalid required expired absent present unset set unknown wrong incorrect ' +
    'redacted masked filtered hidden removed omitted encrypted protected scrubbed sanitized secret password passwd token bearer basic digest negotiate ntlm string number text ' +
    'array object function class ' +
    'is was are be not has and or for from with the a an in of to via by at field must should cannot mismatch rejected accepted revoked refreshed refreshing ' +
    'completed finished succeeded successful successfully denied started changed updated verified locked unlocked timeout unchanged provided given supplied received entered correct incorrectly matches ' +
    'login enabled disabled failed failure error success valid authentication authorization default optional prompt file env vault auto generated na n/a tbd todo ' +
    'user admin-only yaml json xml header cookie query body param key value type name'
  ).split(' '),
);

const REFERENCE = /^(?:\$[{(A-Za-z_]|\$\$[{(A-Za-z_]|!(?:ref|sub|getatt|vault|env|secret|var|include|reference)\b|\(sensitive|\(known after|\$\d{1,2}$|:[a-z_]+$|\{\{|<|%(?:\d\$)?[sdvq({]|#\{|@\{|process\.env|os\.environ|os\.getenv|system\.getenv|env\.|env\[|@(?:~|\.{1,2})?\/[\w.-]+\/|vault:|ssm:|env:[A-Z_]|fd:\d|\/\/\/|arn:|@microsoft\.keyvault\(|file:|ref\+|projects\/|secretsmanager:)/i;
const BRACKETED = /^[[(]\s*[a-z_ -]{2,24}\s*[\])]$/i;
/** A type's name or an object's address where a language shows no content: `java.lang.String`, `[B@6d06d69c`. */
const TYPE_NAME = /^(?:System(?:\.[A-Z][A-Za-z]+){0,3}\.[A-Za-z]*(?:String|Object|Credential|Char|Byte)(?:\[\])?|(?:[A-Z][a-z]+){1,4}(?:Buffer|String|Bytes|Array|Object)(?:\[\])?|(?:javax?|kotlin|scala)(?:\.[a-z]+){1,4}\.[A-Z][A-Za-z]*|(?:[a-z]\w*\.){2,8}[A-Z]\w*@[0-9a-f]{5,8}|\[[BC]@[0-9a-f]{5,8})$/;
/** Names between signs, as templates and build tools leave them: `%DB_PASSWORD%`, `@db.password@`, `__TOKEN__`, `!PASS!`, `[[client_secret_2]]`. */
const TEMPLATED = /^(%|@|__|!|~|\$)(?:[A-Z][A-Z0-9]*(?:[_.-]{1,2}[A-Z0-9]+)*|[A-Za-z][A-Za-z0-9]*(?:[_.-][A-Za-z0-9]+)+)\1$/;
const SLOT = /^[[(]{1,2}\s*(?=[a-z0-9_ -]*(?:your|secret|pass|token|key|value|here))[a-z][a-z0-9]*(?:[_ -][a-z0-9]+)+\s*[\])]{1,2}$/i;
const FORMAT_LEFT = /^[*xX.•_?#-]+$/;

/** Longest stretch of a value that is looked at to judge its shape. */
export const MAX_EXAMINED_CHARS = 512;

/** True for `${X}`, `****`, `<redacted>`, `null`, `%s`, `[MASKED]`, a half-masked `ab****` and the like. */
export const isPlaceholder = (value: string): boolean => {
  if (value.length === 0) return true;
  const first = value.charCodeAt(0);
  if (value.length <= 24 && STOP_WORDS.has(value.toLowerCase())) return true;
  if (first === 60 || value.includes('***') || value.includes('••') || value.includes('<secret:') || value.includes('<pii:')) return true;
  return REFERENCE.test(value) || FORMAT_LEFT.test(value) || TYPE_NAME.test(value) || BRACKETED.test(value) || isSlot(value, first);
};

const isSlot = (value: string, first: number): boolean => value.length < 64 && (first === 91 || first === 40 ? SLOT.test(value) : !isLetter(first) && !isDigit(first) && TEMPLATED.test(value));

/** Counts over the first {@link MAX_EXAMINED_CHARS} characters of a value. */
export interface Shape {
  readonly length: number;
  readonly digits: number;
  readonly lower: number;
  readonly upper: number;
  readonly other: number;
  readonly hexOnly: boolean;
}

export const shapeOf = (value: string): Shape => {
  let digits = 0;
  let lower = 0;
  let upper = 0;
  let hex = 0;
  const length = Math.min(value.length, MAX_EXAMINED_CHARS);
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    if (isDigit(code)) digits++;
    else if (isLower(code)) lower++;
    else if (isUpper(code)) upper++;
    if (isHex(code)) hex++;
  }
  return { length, digits, lower, upper, other: length - digits - lower - upper, hexOnly: hex === length };
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const TOKEN_CHARS = /^[A-Za-z0-9_\-.~+/=%:|!*$&@#^?]+$/;
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:/;
const ADDRESS = /^0x[0-9a-f]{1,16}$/i;
const WORDY = /^[A-Za-z]{2,}(?:[-_./:][A-Za-z]{2,})*$/;
/** Dotted or hyphenated names with short numbers: `db-credentials-3`, `v1.2.3`, `com.acme.Foo2`, `cart:page:7`. */
const NAME_LIKE = /^[A-Za-z]{0,24}\d{0,4}(?:[-_./:][A-Za-z]{0,24}\d{0,4}){0,12}$/;

export const isUuid = (value: string): boolean => value.length === 36 && UUID.test(value);

/** A value a machine made, under a key that says token: at least 8 characters, not a word, a name, a number or a time. */
export const isTokenLike = (value: string): boolean => {
  if (value.length < 8 || isPlaceholder(value) || ADDRESS.test(value)) return false;
  const head = value.length > MAX_EXAMINED_CHARS ? value.slice(0, MAX_EXAMINED_CHARS) : value;
  if (!TOKEN_CHARS.test(head) || TIMESTAMP.test(head) || head.includes('://')) return false;
  const shape = shapeOf(head);
  const letters = shape.lower + shape.upper;
  if (letters === 0) return shape.length >= 16 && shape.other < shape.length / 4;
  if (shape.digits === 0 && isIrregular(head, shape)) return true;
  if (shape.digits === 0) return shape.length >= 16 && (!WORDY.test(head) || isLongWord(head));
  if (NAME_LIKE.test(head)) return (shape.length >= 20 && isMixedRun(head)) || isIrregular(head, shape);
  return true;
};

/** 10 or more letters and digits in one run whose capitals do not begin words. */
const isIrregular = (value: string, shape: Shape): boolean =>
  shape.length >= 10 && shape.other === 0 && shape.lower > 0 && shape.upper > 0 && ((shape.upper >= 4 && shape.length < shape.upper * 4) || !(/^[a-z]*(?:[A-Z][a-z]+){0,8}\d{0,4}$/.test(value) || /^[A-Z]+(?:[A-Z][a-z]+){0,6}\d{0,4}$/.test(value)));

/** A single run without separators that no word is as long as. */
const isLongWord = (value: string): boolean => value.length >= 20 && !/[-_./:]/.test(value);
/** No separator, and lower case, upper case and digits take turns often enough that it is no identifier. */
const isMixedRun = (value: string): boolean => /^[A-Za-z0-9]+$/.test(value) && classChanges(value) >= 4;

/** How often neighbours differ in class (lower, upper, digit); capital first letters of words count once each. */
export const classChanges = (value: string): number => {
  let changes = 0;
  let last = -1;
  const length = Math.min(value.length, MAX_EXAMINED_CHARS);
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    const kind = isDigit(code) ? 0 : isLower(code) ? 1 : isUpper(code) ? 2 : 3;
    if (kind !== last && last >= 0) changes++;
    last = kind;
  }
  return changes;
};

/** A value drawn at random beyond doubt: 20 or more characters, digits and both cases well mixed; no UUID, no hex. */
export const isRandom = (value: string): boolean => {
  if (value.length < 20 || isPlaceholder(value)) return false;
  const head = value.length > MAX_EXAMINED_CHARS ? value.slice(0, MAX_EXAMINED_CHARS) : value;
  if (!/^[A-Za-z0-9_\-.~+/%]+={0,2}$/.test(head)) return false;
  const shape = shapeOf(head);
  if (shape.hexOnly || isUuid(head) || shape.digits < 2 || ((shape.upper === 0 || shape.lower === 0) && shape.digits < head.length / 6)) return false;
  if (shape.other > shape.length / 6 || NAMED_HASH.test(head)) return false;
  return classChanges(head) >= head.length / 4 && longestLetterRun(head) <= Math.max(10, head.length / 4);
};

/** Words, then a digest: the key of a cache, the name of an artefact. */
const NAMED_HASH = /^(?:[A-Za-z][a-z0-9]{1,24}[-_./]){1,6}(?:[0-9a-f]{32,64})$/;

/** Longest stretch of letters of one case. */
const longestLetterRun = (value: string): number => {
  let best = 0;
  let run = 0;
  let last = 0;
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    const kind = isLower(code) ? 1 : isUpper(code) ? 2 : 0;
    run = kind !== 0 && kind === last ? run + 1 : kind === 0 ? 0 : 1;
    last = kind;
    if (run > best) best = run;
  }
  return best;
};

/** Letters with digits or symbols inside, as passwords have, and not a name, a count, a path or an address. */
export const looksLikePassword = (value: string): boolean => {
  if (value.length < 6 || value.length > 256 || isPlaceholder(value) || !/^[!-~]+$/.test(value)) return false;
  const shape = shapeOf(value);
  if (shape.digits === 0 || shape.lower + shape.upper < 2) return false;
  if (/^[\w-]+(?:[=:(]|@[\w.-]+\.[A-Za-z]{2,}$)/.test(value) || /[)>,]$/.test(value)) return false;
  if (NO_PASSWORD.test(value)) return false;
  return !NUMBERED_NAME.test(value) || classChanges(value) >= 5 || /^[A-Z][a-z]+[_.-]\d{3,}$/.test(value);
};

/** Paths, places of code in brackets (`(/app/auth.ts:42:11)`, `(auth.js:42:11)`), versions, `12chars`. */
const NO_PASSWORD = /^(?:[./~]|\((?:[./~]|[^\s()]{1,200}:\d+(?::\d+)?$)|\d+(?:\.\d+)+|\d+[-/]?[a-z]+$|v?\d+\.)/;
/** `worker-3`, `attempt3/5`, `Sha256`. */
const NUMBERED_NAME = /^[a-zA-Z]+[-/._]?\d{1,4}(?:[/.]\d+)*$/;

/** Salts and keys drawn from all printable characters: symbols, digits and both cases take turns. */
export const isSalted = (value: string): boolean => {
  if (value.length < 32) return false;
  const shape = shapeOf(value);
  return shape.other >= shape.length / 6 && shape.digits > 1 && shape.lower > 1 && shape.upper > 1 && classChanges(value) >= shape.length / 2;
};
