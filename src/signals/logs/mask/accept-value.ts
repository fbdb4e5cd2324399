/** Whether a value under a sensitive key is one to mask, by what the key asks for. */
import { PASSWORD_WORDS, SHORT_IDENTITY_CHARS } from './key-vocabulary.ts';
import { isPostalAddress } from './postal-addresses.ts';
import { isRandomLetters } from './random-letters.ts';
import type { Accept } from './sensitive-keys.ts';
import { isSpokenPassword } from './spoken-values.ts';
import { isPlaceholder, isRandom, isSalted, isTokenLike, isUuid, looksLikePassword, shapeOf } from './value-shape.ts';

/** Where a value stands, as far as it matters to believing it. */
export interface ValueContext {
  /** `key: value` in running text, where prose is likely. */
  readonly prose: boolean;
  /** In a query string, where weak keys carry tokens. */
  readonly query: boolean;
  /** More words follow on the line. */
  readonly followed: boolean;
  /** The key in lower case. */
  readonly key: string;
}

/** Nothing is known but the value. */
export const NO_CONTEXT: ValueContext = { prose: false, query: false, followed: false, key: '' };

const COUNT = /^-?\d{1,3}$/;
const PATH = /^(?:\/|~\/|\.\.?\/|[A-Za-z]:\\)/;
/** `PASSWORD(255)`, `(sensitive value)`, `!vault_ref`: types, notes and YAML tags. */
const NUMBER_CALL = /^(?:\(|![a-z]+(?:[_/:-][a-z]+)*$|[A-Za-z]+\(\d*\)$)/;
/** `libsecret:amd64`, `external-secrets:v0.9.1`: packages, modules and images with their architecture or version. */
const PACKAGE_TAIL = /^(?:amd64|arm64|arm|armhf|armel|i[3-6]86|x86_64|x64|x86|aarch64|ppc64(?:le|el)?|riscv64|s390x|mips\w*|noarch|all|any|latest|stable|v?\d+(?:\.\d+){1,3}(?:[-+][\w.]{1,24})?)$/;
/** Two words or more between separators: a path or a name. */
const PATH_LIKE = /(?:^|[-/._])[a-z]{3,}(?:[-/._]|$).*[-/._][a-z]{3,}(?:[-/._]|$)/;
const PHONE = /^(?:\+|%2B)?(?:[\d() .-]|%20|\+){7,32}$/i;
const DATE = /^(?:\d{4}년 ?\d{1,2}월 ?\d{1,2}일|\d{1,2} [A-Z][a-z]{2,8} \d{4}|[A-Z][a-z]{2,8} \d{1,2},? \d{4}|\d{4}-\d\d-\d\dT00:00(?::00)?(?:\.0+)?Z?|\d{4}[-./]?\d\d[-./]?\d\d|\d\d?[-./]\d\d?[-./](?:\d{4}|\d\d)|\d{6})$/;
/** Nine characters at most, in capitals (ICAO Doc 9303, part 4). */
const PASSPORT = /^(?=(?:[A-Z]*\d){2})[A-Z0-9]{6,9}$/;
/** Permanent account number of India's Income Tax Department: five letters, four digits, a letter. */
const INDIAN_PAN = /^[A-Z]{5}\d{4}[A-Z]$/;
/** Words that begin with a capital, as names of people do; also percent- and plus-encoded. */
const NAME = /^\p{Lu}[\p{L}'’.-]*(?:(?: |\+|%20)\p{Lu}[\p{L}'’.-]*){0,4}$/u;
const WORDS_ONLY = /^[\p{L}_-]+$/u;

/** What was encrypted or hashed, behind its scheme in braces (RFC 2307; WebLogic, WebSphere and Spring Cloud Config the same). */
const ENVELOPED = /^\{[A-Za-z][A-Za-z0-9-]{1,15}\}[\w+/=.$-]{8,}$/;

/** 32 bytes in base64. */
const KEY_256 = /^(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9+/_-]{43}=$/;

/** Random, and no path, also not one with its slashes encoded. */
const isOpaque = (value: string): boolean => {
  const plain = value.includes('%') ? value.replaceAll(/%2F/gi, '/') : value;
  return isRandom(plain) && !PATH_LIKE.test(plain);
};

const isPhoneLength = (digits: number): boolean => digits >= 7 && digits <= 15;
const digitCount = (value: string): number => shapeOf(value).digits;

/** An object by its kind and name, `secret/api-db`, as controllers report what they did to it. */
const NAMED_OBJECT = /^[a-z]{2,24}\/[a-z]+(?:[-.][a-z]+)*$/;
const NAMES_OBJECTS = /(?:secret|credential)s?$/;

/** A bare word after `password: ` in running text is prose unless it ends the line or has something no word has. */
const acceptPassword = (value: string, context: ValueContext): boolean => {
  if (context.key.endsWith('pwd') && PATH.test(value)) return false;
  if (NUMBER_CALL.test(value) || /^[a-z][a-z0-9+.:-]{1,24}:\/\//i.test(value)) return false;
  if (COUNT.test(value) || (/pass$/i.test(context.key) && /^[\d./%]+$/.test(value) && value.length < 6)) return false;
  if (!context.prose) return true;
  if (NAMES_OBJECTS.test(context.key) && NAMED_OBJECT.test(value)) return false;
  if (WORDS_ONLY.test(value)) return !context.followed && value.length >= 6;
  if (context.followed && /^[a-z]+[-_./]\d{1,3}$/.test(value)) return false;
  return value.length >= 4;
};

/** `ID/20250101/us-east-1/s3/aws4_request`: the scope of a signature; its first part is judged by its own form. */
const SIGNATURE_SCOPE = /^[^/%\s]{1,128}(?:\/|%2F)\d{8}(?:(?:\/|%2F)[\w-]{2,32}){2}(?:\/|%2F)aws4_request/i;

const acceptWord = (value: string, context: ValueContext): boolean => {
  if (SIGNATURE_SCOPE.test(value)) return false;
  if (value.length < 6 || (PATH.test(value) && !isRandom(value))) return false;
  return /^[a-z]+(?:-[a-z]+)*$/.test(value) ? value.length >= 16 && !value.includes('-') : acceptPassword(value, context);
};

/** A class with its package, an object with its kind: `c.a.s.PasswordEncoder`, `pod/orders-7d4b9c8f6d-x2k9p`. */
const OBJECT_NAME = /^(?:[a-z]\w*\.){2,}[A-Z][A-Za-z]*$|^[a-z]{2,20}\/[a-z][a-z0-9-]*$/;

const acceptSession = (value: string): boolean =>
  value.length >= 12 && !OBJECT_NAME.test(value) && !/^(?:0x[0-9a-f]+$|S-1-)/i.test(value) && isTokenLike(value) && (shapeOf(value).digits > 0 || value.length >= 20);

const acceptCode = (value: string): boolean => (value.length > 24 && value.length < 256 && isTokenLike(value)) || /^[A-Z]{4}-[A-Z]{4}$/.test(value) || /^\d{4,8}$/.test(value) || /^\d{3}[- ]\d{3}$/.test(value) || (/^[A-Z0-9]{4,10}$/.test(value) && /\d/.test(value)) || (/^[A-Za-z0-9-]{6,24}$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value));

const ACCEPT: Readonly<Record<Accept, (value: string, context: ValueContext) => boolean>> = {
  any: acceptPassword,
  word: acceptWord,
  chosen: (value, context) => !/^[\w.$]*[([{\\]|^[a-z]\w*(?:\.\w+)*$/.test(value) && acceptWord(value, context) && (isRandom(value) || KEY_256.test(value) || looksLikePassword(value) || isSpokenPassword(value)),
  token: (value) => isTokenLike(value) || isSalted(value) || ENVELOPED.test(value),
  'qualified-token': (value, context) => isTokenLike(value) || (!context.prose && value.length >= 8 && /\d/.test(value) && /[A-Za-z]/.test(value) && looksLikePassword(value)),
  random: (value, context) => isSalted(value) || isRandomLetters(value) || KEY_256.test(value) || isOpaque(value) || (context.query && value.length >= 16 && !isUuid(value) && isTokenLike(value)),
  opaque: isOpaque,
  session: acceptSession,
  code: acceptCode,
  'pin': (value) => /^\d{4,8}$/.test(value),
  'short-code': (value) => /^\d{3,4}$/.test(value) || acceptCode(value),
  digits3: (value) => /^\d{3,4}$/.test(value),
  phone: (value) => PHONE.test(value) && isPhoneLength(digitCount(value.replaceAll(/%2B|%20/gi, ''))),
  identity: (value) => value.length <= 32 && digitCount(value) >= 4 && /^[A-Za-z0-9][A-Za-z0-9 ./()*가-힣-]*$/.test(value) && !/^\d*\.\d+$/.test(value),
  'short-identity': (value) => value.length <= 32 && value.replaceAll(/[^A-Za-z0-9]/g, '').length >= SHORT_IDENTITY_CHARS && (digitCount(value) >= 6 || /^(?=(?:[A-Z]*\d){4})[A-Z0-9]{8,14}$/.test(value)) && /^[A-Za-z0-9][A-Za-z0-9 ./()*-]*$/.test(value) && !/^\d*\.\d+$/.test(value),
  passport: (value, context) => PASSPORT.test(value) || ACCEPT.identity(value, context),
  plate: (value) => (/^[A-Z0-9]{1,8}(?:[- ][A-Z0-9]{1,4}){0,2}$/.test(value) && /\d/.test(value) && /[A-Z]/.test(value) && value.length >= 5) || /^\d{2,3}[가-힣] ?\d{4}$/.test(value),
  mnemonic: (value) => /^[a-z]{3,8}(?:[ ,+_-]+[a-z]{3,8}){5,35}$/.test(value) || isRandom(value),
  name: (value) => value.length <= 64 && (NAME.test(value) || /^[가-힣]{2,5}$/.test(value) || /^[一-龯]{2,5}$/.test(value)),
  address: (value) => value.length <= 200 && value.length >= 6 && /\p{L}{2}/u.test(value) && (/\d/.test(value) || value.includes(' ') || value.includes('+')) && !/[={}<>@]|:\/\//.test(value) && !/^[\d.:/-]+$/.test(value),
  'postal-address': isPostalAddress,
  // One word is a role or a company's name.
  'full-name': (value) => value.length <= 64 && value.includes(' ') && NAME.test(value) && !/\b(?:Inc|Ltd|LLC|GmbH|AG|Corp|Co|Bank|Group|Service|Team|Company)\b/.test(value),
  account: (value) => value.length <= 42 && digitCount(value) >= 7 && /^[A-Z0-9][A-Za-z0-9 -]*$/.test(value),
  card: (value) => INDIAN_PAN.test(value) || digitCount(value) >= 12 && digitCount(value) <= 19 && /^\d[\d -]*$/.test(value),
  date: (value) => DATE.test(value),
  authorization: (value) => isTokenLike(value),
  cookie: () => false,
  mac: (value) => /^(?:[0-9a-f]{12}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}|(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2})$/i.test(value) && !/^0+$/.test(value),
  signature: (value) => value.length >= 16 && (isTokenLike(value) || shapeOf(value).hexOnly),
};

/** Whether the bare value is a package's architecture or version. */
export const isPackage = (text: string, { start, end }: { readonly start: number; readonly end: number }): boolean => end - start < 40 && PACKAGE_TAIL.test(text.slice(start, end));

/** A label of a form: `password=Passwort`. */
const isLabel = (value: string): boolean => value.length < 16 && PASSWORD_WORDS.has(value.toLowerCase());

export const acceptsValue = (accept: Accept, value: string, context: ValueContext): boolean => !isPlaceholder(value) && !isLabel(value) && ACCEPT[accept](value, context);
