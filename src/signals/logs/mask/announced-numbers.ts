/** Numbers that a noun announces: `verification code is 123456`, `passport no. 123456789`, `born 1961-03-04`. */
import { lineBefore } from './characters.ts';
import { maskCodes } from './code-lists.ts';
import type { SpanSink } from './mask-span.ts';
import { bareEnd } from './value-extent.ts';
import { isRandom } from './value-shape.ts';
import { isYourCode } from './your-codes.ts';

/** A noun at `start` and its value at `at`. */
export interface Announced {
  readonly start: number;
  readonly at: number;
  /** The noun in lower case. */
  readonly word: string;
}

const CODE_BEFORE = /(?:backup|recovery|verification|verify|one-time|time|otp|2fa|mfa|login|security|auth|authentication|confirmation|sms|use|pin|sign-in|ihr|dein|unlock|pairing|activation|access|entry|door|gate|alarm|bypass|authenticator|device|keypad|lockbox|locker|passkey)\s+$/i;
/** Codes that stand in for a second factor: letters and digits, often several. */
const RECOVERY_BEFORE = /\b(?:backup|recovery|scratch|rescue|emergency|restore|bypass|one-time|single-use|2fa|mfa|otp|pairing|unlock|activation|invite|invitation|device|user|emergency access)\s+$/i;
/** A size, not a code. */
const UNIT = /^ ?(?:bits?|bytes?|chars?|ms|s|sec|k?B)\b/i;
const PIN_BEFORE = /\b(?:your|atm|card|sim|user|debit|credit|security|access|customer|login|the|wrong|invalid|correct|new|old|voicemail|mailbox(?: \w{1,12})?|door|gate|alarm|lock|locker|keypad|phone|device|bluetooth|parental|vault|meeting|conference|host|admin|temporary|bank|with|puk \d{8},?)\s+$/i;
/** Pins of boards and chips have numbers too. */
const BOARD_BEFORE = /\b(?:gpio|chip|header|connector|pad|board|port|bank|input|output|analog|digital|interrupt|irq)\s+$/i;
const BOARD_AFTER = / (?:(?:is|as|set|pulled|driven|configured|goes|went|mode|out of|not) )(?:(?:an?|to|as|in) )?(?:output|input|high|low|range|pull\w*|interrupt|analog|digital|found|available|\d)\b/iy;
const DIGITS = /(?:\d{4,8}|\d{4,5}-\d{4,5})(?![\w-]|\.\d)/y;
/** What is done with a code for a person. */
const CODE_AFTER = / (?:sent|texted|e?mailed|delivered|redeemed) (?:to|via|by|for|from|over)\b/iy;
/** What happens to the number of a card, and not to one of a board's pins. */
const PIN_AFTER = / (?:entered|typed|accepted|rejected|verified|added|(?:is )?(?:wrong|incorrect|correct)|(?:set |changed |reset |created )?for (?:the )?(?:card|user|account|customer|ext|extension|mailbox|device|door)|\(was )/iy;
/** `(was 9921)`. */
const FORMER = / \((?:was|old|previously|formerly):? (\d{4,8})(?=\))/iy;
const THREE_DIGITS = /\d{3,4}(?![\w-]|\.\d)/y;
const IDENTITY = /(?:[A-Z]{2}(?: \d\d){3} [A-D]|[A-Z]{1,2} \d{6,8}|[A-Z]{1,2}[- ][A-Z]{1,2} \d{1,4}|(?=(?:[A-Z]*\d){4})[A-Z\d]{8,17}|(?:[A-Z]{1,3})?\d[\dA-Z]{2,}(?:[ .-]\d{2,6}){0,4})(?![\w])/y;
/** Letters and digits of a passport's number (ICAO Doc 9303, part 4: up to nine). */
const PASSPORT = /(?=[A-Z]*\d)(?=(?:[A-Z]*\d){2})[A-Z0-9]{7,9}(?![\w-])/y;
/** `2FA codes 9f3k-22ab`, and not the number of them. */
const COUNTED = /^\d{1,3}\b/;

/** `verification code is 123456`, `OTP 123456`, `recovery code K7PQ-9XZM`. */
export const announcedCode = (text: string, { start, at, word }: Announced, sink: SpanSink): number => {
  if (word === 'cvv' || word === 'cvc') {
    THREE_DIGITS.lastIndex = at;
    return THREE_DIGITS.test(text) ? sink.add(at, THREE_DIGITS.lastIndex, 'secret:cvv') : 0;
  }
  const value = text.slice(at, bareEnd(text, at));
  if (word === 'code' && isRandom(value)) return sink.add(at, at + value.length, 'secret:oauth-code');
  if ((word === 'code' || word === 'codes') && RECOVERY_BEFORE.test(lineBefore(text, start, 24)) && !COUNTED.test(value)) {
    const codes = maskCodes(text, at, sink);
    if (codes > 0) return codes;
  }
  DIGITS.lastIndex = at;
  if (!DIGITS.test(text)) return 0;
  if (word === 'pin' && at === start + 4 && !isPersonalPin(text, start)) return 0;
  if (word === 'token' && (DIGITS.lastIndex - at < 6 || UNIT.test(text.slice(DIGITS.lastIndex, DIGITS.lastIndex + 6)))) return 0;
  if (word === 'tan') return text.charCodeAt(start) === 84 && text.charCodeAt(start + 1) === 65 ? sink.add(at, DIGITS.lastIndex, 'secret:otp') : 0;
  CODE_AFTER.lastIndex = DIGITS.lastIndex;
  const announced = (word !== 'code' && word !== 'codes') || CODE_BEFORE.test(lineBefore(text, start, 20)) || isYourCode(lineBefore(text, start, 48)) || CODE_AFTER.test(text);
  if (!announced) return 0;
  const end = sink.add(at, DIGITS.lastIndex, word === 'pin' ? 'secret:pin' : 'secret:otp');
  FORMER.lastIndex = end;
  const former = word === 'pin' ? FORMER.exec(text)?.[1] : undefined;
  if (former !== undefined) return sink.add(FORMER.lastIndex - former.length, FORMER.lastIndex, 'secret:pin');
  return word === 'codes' ? maskCodes(text, at, sink) || end : end;
};

/** A PIN of a person: in capitals and not on a board, or with a word around it that says so. */
const isPersonalPin = (text: string, start: number): boolean => {
  const before = lineBefore(text, start, 32);
  BOARD_AFTER.lastIndex = DIGITS.lastIndex;
  if (BOARD_BEFORE.test(before) || BOARD_AFTER.test(text)) return false;
  PIN_AFTER.lastIndex = DIGITS.lastIndex;
  return text.charCodeAt(start + 1) === 73 || PIN_BEFORE.test(before) || PIN_AFTER.test(text);
};

const ACCOUNT_BEFORE = /\b(?:bank|refund|payout|deposit|beneficiary|payee|savings|checking|settlement|withdrawal|(?:sort code|routing number|routing no\.?|aba) [\d-]{6,9},?(?: and)?)\s+$/i;

/** `passport no. 123456789`, `CPF 123.456.789-01`, `bank account 26464891423`. */
export const announcedIdentity = (text: string, { start, at, word }: Announced, sink: SpanSink): number => {
  if (word === 'passport') {
    PASSPORT.lastIndex = at;
    if (PASSPORT.test(text)) return sink.add(at, PASSPORT.lastIndex, 'pii:passport');
  }
  IDENTITY.lastIndex = at;
  if (!IDENTITY.test(text) || IDENTITY.lastIndex - at < 7) return 0;
  if (word === 'account') return ACCOUNT_BEFORE.test(lineBefore(text, start, 32)) ? sink.add(at, IDENTITY.lastIndex, 'pii:bank-account') : 0;
  return sink.add(at, IDENTITY.lastIndex, word === 'passport' ? 'pii:passport' : word === 'ssn' ? 'pii:ssn' : 'pii:id-number');
};

const BIRTH_DATE = /(?:(?:date|day|on|in)[: ]+)?(?:\d{4}[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./](?:\d{4}|\d\d)|\d{1,2}\.? [A-Z][a-z]{2,8} \d{4}|[A-Z][a-z]{2,8} \d{1,2},? \d{4})(?![\w-]|T\d)/y;

/** `born 1961-03-04`, `DOB 04/03/1961`. */
export const announcedBirth = (text: string, at: number, sink: SpanSink): number => {
  BIRTH_DATE.lastIndex = at;
  const words = /^(?:date|day|on|in)[: ]+/.exec(text.slice(at, at + 8))?.[0].length ?? 0;
  return BIRTH_DATE.test(text) ? sink.add(at + words, BIRTH_DATE.lastIndex, 'pii:birth-date') : 0;
};
