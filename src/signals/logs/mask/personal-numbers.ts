/** Numbers that name a person or their money, told by their form and check digits: no key needed. */
import { isDigit, isLetter, isWord, lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { publicIpv4 } from './network-address.ts';

/** Luhn's check digit, ISO/IEC 7812-1 annex B. */
export const luhnValid = (digits: string): boolean => {
  let sum = 0;
  for (let i = digits.length - 1, double = false; i >= 0; i--, double = !double) {
    let d = digits.charCodeAt(i) - 48;
    if (double) d = d > 4 ? d * 2 - 9 : d * 2;
    sum += d;
  }
  return sum % 10 === 0;
};

/** Issuer ranges of the card schemes and their lengths; 9 is the Korean domestic range. */
const CARD = /^(?:4\d{15}|4\d{18}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14}|62\d{17}|9[4-9]\d{14}|5[06-8]\d{14}|6[0-9]\d{14})$/;

export const isCard = (digits: string): boolean => CARD.test(digits) && luhnValid(digits);

const RRN_WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

const validDate = (digits: string): boolean => {
  const month = Number(digits.slice(2, 4));
  const day = Number(digits.slice(4, 6));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
};

/** Korean resident or foreigner registration number (13 digits): a birth date, then 1 to 8. */
export const isResidentNumber = (digits: string): boolean => {
  const sex = digits.charCodeAt(6) - 48;
  return digits.length === 13 && sex >= 1 && sex <= 8 && validDate(digits);
};

const residentChecksum = (digits: string): boolean => {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += (digits.charCodeAt(i) - 48) * (RRN_WEIGHTS[i] ?? 0);
  return (11 - (sum % 11)) % 10 === digits.charCodeAt(12) - 48;
};

/** 13 digits that are milliseconds since 1970 between 2001 and 2033. */
const isEpochMs = (digits: string): boolean => digits >= '1000000000000' && digits < '2000000000000';

const GROUPED_CARD = /\d{4}([ -])(?:\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{6}\1\d{4,5})/y;
const RESIDENT = /\d{6}-[1-8]\d{6}/y;
/** BitLocker's recovery password: eight groups of six digits (Microsoft, BitLocker recovery overview). */
const BITLOCKER = /\d{6}(?:-\d{6}){7}/y;
const SSN = /\d{3}([- ])\d{2}\1\d{4}/y;
const KOREAN_PHONE = /0(?:1[016789]|2|[3-6][1-5]|70|50[2-8]|80)([-. ])\d{3,4}\1\d{4}/y;
/** Mobiles of Japan, China, the United Kingdom, France and Australia as they are written at home, and Japan's two-digit areas. */
const HOME_PHONE = /(?:0[789]0-\d{4}-\d{4}|0[3-6]-\d{4}-\d{4}|1[3-9]\d([- ])\d{4}\1\d{4}|07\d{3}[ -]\d{3}[ ]?\d{3}|0[67](?:\.\d\d){4}|04\d\d[ -]\d{3}[ -]\d{3})/y;
/** Brazil's CPF and CNPJ in their written form; Korean driving licences, which begin with one of the 18 regions. */
const CPF = /\d{3}\.\d{3}\.\d{3}-\d{2}/y;
const CNPJ = /\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2}/y;
const KOREAN_LICENCE = /(?:1[1-9]|2[0-68])-\d{2}-\d{6}-\d{2}/y;
const AMERICAN_PHONE = /(?:1[-. ])?[2-9]\d\d([-.])[2-9]\d\d\1\d{4}/y;
const BRACKET_PHONE = /\((?:[2-9]\d\d\) ?[2-9]\d\d[- ]\d{4}|[1-9]\d\) ?9\d{4}-\d{4})/y;
const PLUS_PHONE = /\+[1-9]\d{0,2}(?:[ .-]?\(?\d{1,4}\)?){2,5}/y;
const TRACK = /=\d{7,20}/y;
/** Track 1 of a magnetic stripe, its start sentinel first (ISO/IEC 7813). */
const TRACK_1 = /%B\d{12,19}\^[^^?\r\n]{2,26}\^[^?\s]{4,64}/y;

/** Handles the `%` at `at` that a `B` follows. */
export const maskTrack = (text: string, at: number, sink: SpanSink): number => {
  TRACK_1.lastIndex = at;
  return TRACK_1.test(text) ? sink.add(at + 2, TRACK_1.lastIndex, 'pii:card') : at + 1;
};

const KOREAN_MOBILE = /^01[016789]\d{7,8}$/;

/** End of `pattern` at `at` if the number stops there, else -1. */
const matchEnd = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  if (!pattern.test(text)) return -1;
  const end = pattern.lastIndex;
  const next = text.charCodeAt(end);
  if (isWord(next)) return -1;
  // `-7` or `.7` after it: a longer number of another kind.
  return (next === 45 || next === 46) && isWord(text.charCodeAt(end + 1)) ? -1 : end;
};

/** A digit run of [start, end) without letters: cards, resident numbers, mobiles. */
const plainNumber = (text: string, start: number, end: number, sink: SpanSink): number => {
  const length = end - start;
  if (length < 10 || length > 19) return end;
  const next = text.charCodeAt(end);
  if ((next === 46 || next === 45) && isWord(text.charCodeAt(end + 1))) return end;
  const digits = text.slice(start, end);
  if (length === 18 && isChineseId(digits)) return sink.add(start, end, 'pii:id-number');
  if (length <= 11) return KOREAN_MOBILE.test(digits) ? sink.add(start, end, 'pii:phone') : end;
  if (length === 13) return isResidentNumber(digits) && residentChecksum(digits) && !isEpochMs(digits) ? sink.add(start, end, 'pii:id-number') : end;
  if (length < 14 || !isCard(digits)) return end;
  // Track 2 of a magnetic stripe goes on after an equals sign (ISO/IEC 7813).
  const track = next === 61 ? matchEnd(TRACK, text, end) : -1;
  return sink.add(start, Math.max(end, track), 'pii:card');
};

const validSsn = (text: string, start: number): boolean => {
  const area = text.slice(start, start + 3);
  return area !== '000' && area !== '666' && area < '900' && text.slice(start + 4, start + 6) !== '00' && text.slice(start + 7, start + 11) !== '0000';
};

/** Groups of three digits first: SSN, phones. */
const threeDigits = (text: string, start: number): { end: number; kind: string } | null => {
  const ssn = matchEnd(SSN, text, start);
  if (ssn > 0) return validSsn(text, start) && text.charCodeAt(start + 3) === 45 ? { end: ssn, kind: 'pii:ssn' } : null;
  const cpf = text.charCodeAt(start + 3) === 46 ? matchEnd(CPF, text, start) : -1;
  if (cpf > 0) return brazilianValid(text.slice(start, cpf), 9) ? { end: cpf, kind: 'pii:id-number' } : null;
  const phone = Math.max(matchEnd(KOREAN_PHONE, text, start), matchEnd(AMERICAN_PHONE, text, start), text.charCodeAt(start) < 50 ? matchEnd(HOME_PHONE, text, start) : -1);
  return phone > 0 ? { end: phone, kind: 'pii:phone' } : null;
};

/** The two check digits of CPF (9 digits before them) and CNPJ (12), modulo 11. */
const brazilianValid = (written: string, length: number): boolean => {
  const digits = written.replaceAll(/\D/g, '');
  const limit = length === 9 ? 12 : 9;
  for (let n = length; n < length + 2; n++) {
    let sum = 0;
    for (let i = n - 1, weight = 2; i >= 0; i--, weight = weight === limit ? 2 : weight + 1) sum += (digits.charCodeAt(i) - 48) * weight;
    const rest = (sum * 10) % 11 % 10;
    if (rest !== digits.charCodeAt(n) - 48) return false;
  }
  return true;
};

const CHINESE_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Identity number of the People's Republic of China: region, birth date, check character (GB 11643). */
const isChineseId = (value: string): boolean => {
  if (!/^[1-8]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/.test(value)) return false;
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (value.charCodeAt(i) - 48) * (CHINESE_WEIGHTS[i] ?? 0);
  return '10X98765432'.charAt(sum % 11) === value.charAt(17);
};

const FISCAL_CODE = /^[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]$/;

/** Italy's codice fiscale: 16 characters of one form; 0 where it is none. */
export const maskFiscalCode = (text: string, start: number, end: number, sink: SpanSink): number => (FISCAL_CODE.test(text.slice(start, end)) ? sink.add(start, end, 'pii:id-number') : 0);

const grouped = (text: string, start: number, digits: number): { end: number; kind: string } | null => {
  if (digits === 4) {
    // Dates have this form up to here: a card goes on with four or six digits.
    const separator = text.charCodeAt(start + 4);
    if (text.charCodeAt(start + 9) !== separator && text.charCodeAt(start + 11) !== separator) return null;
    const end = matchEnd(GROUPED_CARD, text, start);
    if (end > 0) return isCard(text.slice(start, end).replaceAll(/\D/g, '')) ? { end, kind: 'pii:card' } : null;
    const phone = text.charCodeAt(start) === 48 ? Math.max(matchEnd(KOREAN_PHONE, text, start), matchEnd(HOME_PHONE, text, start)) : -1;
    return phone > 0 ? { end: phone, kind: 'pii:phone' } : null;
  }
  if (digits === 3) return threeDigits(text, start);
  if (digits === 6) {
    const recovery = text.charCodeAt(start + 13) === 45 ? matchEnd(BITLOCKER, text, start) : -1;
    if (recovery > 0) return { end: recovery, kind: 'secret:recovery-key' };
    const end = matchEnd(RESIDENT, text, start);
    return end > 0 && validDate(text.slice(start, start + 6)) ? { end, kind: 'pii:id-number' } : null;
  }
  if (digits === 2 && text.charCodeAt(start + 2) !== 32) {
    const licence = text.charCodeAt(start + 2) === 45 ? matchEnd(KOREAN_LICENCE, text, start) : -1;
    const company = licence > 0 || text.charCodeAt(start + 2) !== 46 ? licence : matchEnd(CNPJ, text, start);
    if (company > 0) return licence > 0 || brazilianValid(text.slice(start, company), 12) ? { end: company, kind: 'pii:id-number' } : null;
  }
  const home = (digits === 2 || digits === 5) && text.charCodeAt(start) === 48 ? matchEnd(HOME_PHONE, text, start) : -1;
  if (home > 0) return { end: home, kind: 'pii:phone' };
  const pattern = digits === 2 && text.charCodeAt(start) === 48 ? KOREAN_PHONE : digits === 1 ? AMERICAN_PHONE : null;
  const end = pattern === null ? -1 : matchEnd(pattern, text, start);
  return end > 0 ? { end, kind: 'pii:phone' } : null;
};

/** One to three digits, then a dot. */
const dotFollows = (text: string, at: number): boolean => {
  let i = at;
  while (i < at + 3 && isDigit(text.charCodeAt(i))) i++;
  return i > at && text.charCodeAt(i) === 46;
};

/** `520007 is your verification code`, `use 520007 as your one-time password`. */
const ANNOUNCED_AFTER = /[*"']{0,2} (?:is|as) (?:your|the|an?) (?:[\w'-]{1,24} ){0,4}?(?:code|otp|pin|passcode|password|one-time)\b/iy;

export const isAnnouncedCode = (text: string, end: number): boolean => {
  const first = text.charCodeAt(end + 1);
  if (first !== 105 && first !== 97 && first !== 42 && first !== 32) return false;
  ANNOUNCED_AFTER.lastIndex = end;
  return ANNOUNCED_AFTER.test(text);
};

/** `Votre code de vérification est 482913`, `su código es 482913`. */
const ANNOUNCED_BEFORE = /(?:c[oó]digo|code|codice|kod|код)(?: [^\d.,;:]{1,40})? (?:es|est|ist|lautet|è|é)[ :]*$/i;

const isAnnouncedBefore = (text: string, start: number): boolean => {
  const verb = text.charCodeAt(start - 2);
  if (text.charCodeAt(start - 1) !== 32 || (verb !== 115 && verb !== 116 && verb !== 232 && verb !== 233)) return false;
  return verb > 128 || text.charCodeAt(start - 3) === 101 || text.charCodeAt(start - 3) === 115 ? ANNOUNCED_BEFORE.test(lineBefore(text, start, 64)) : false;
};

/** Handles a number whose first digit is at `start` and that no word character, dot or hyphen precedes. */
export const maskNumber = (text: string, start: number, sink: SpanSink): number => {
  let end = start + 1;
  while (isDigit(text.charCodeAt(end))) end++;
  const next = text.charCodeAt(end);
  const length = end - start;
  if (length >= 4 && length <= 8 && (next === 32 || next === 42) && isAnnouncedCode(text, end)) return sink.add(start, end, 'secret:otp');
  if (length >= 4 && length <= 8 && text.charCodeAt(start - 2) > 114 && !isWord(next) && isAnnouncedBefore(text, start)) return sink.add(start, end, 'secret:otp');
  if (next === 46 && length <= 3 && dotFollows(text, end + 1)) {
    const ip = publicIpv4(text, start);
    if (ip !== 0) return ip > 0 ? sink.add(start, ip, 'pii:ip') : -ip;
  }
  if ((next === 45 || next === 46 || next === 32) && length <= 6) {
    if (!isDigit(text.charCodeAt(end + 1))) return end;
    const found = grouped(text, start, length);
    return found === null ? end : sink.add(start, found.end, found.kind);
  }
  if (next === 88 && length === 17 && !isWord(text.charCodeAt(end + 1)) && isChineseId(text.slice(start, end + 1))) return sink.add(start, end + 1, 'pii:id-number');
  return isLetter(next) || next === 95 ? end : plainNumber(text, start, end, sink);
};

/** Handles `+` and `(`, with which international and American phone numbers begin. */
export const maskPhoneSign = (text: string, at: number, sink: SpanSink): number => {
  const plus = text.charCodeAt(at) === 43;
  const end = matchEnd(plus ? PLUS_PHONE : BRACKET_PHONE, text, at);
  if (end < 0 || isWord(text.charCodeAt(at - 1))) return at + 1;
  const digits = text.slice(at, end).replaceAll(/\D/g, '').length;
  return digits >= 10 && digits <= 15 ? sink.add(at, end, 'pii:phone') : at + 1;
};
