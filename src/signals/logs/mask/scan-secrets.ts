/**
 * One pass over a text that stops only where something may begin: a word, a digit, a separator, a sign. Everything
 * that reads further does so from there with a bounded reach, so the work is linear in the text.
 */
import { maskQuotedPair, maskRow } from './assignments.ts';
import { announcerTails, maskAfterWord, mayAnnounce } from './announced-words.ts';
import { maskArguments, maskSerialized, maskTuple } from './call-arguments.ts';
import { maskSecretHalf } from './aws-pairs.ts';
import { isPrintable } from './base64-parts.ts';
import { isBlank, isDigit, isEastAsian, isHex, isLetter, isLineEnd, isRun, isUpper, isWord, lineBefore } from './characters.ts';
import { maskFlag } from './command-line.ts';
import { maskAccessRule, maskHereString, maskPasswordLine } from './command-arguments.ts';
import { endsLikeKey, KEY_TAILS, maskDirective } from './directives.ts';
import { maskEmail } from './email.ts';
import { maskElement, maskEscapedElement } from './elements.ts';
import { maskEncodedPair } from './encoded-pairs.ts';
import { afterPercent, maskEncodedUrl } from './encoded-urls.ts';
import { maskFixField } from './fix-messages.ts';
import { maskAfterForeign } from './foreign-words.ts';
import { maskSegment } from './health-records.ts';
import { maskIban } from './iban.ts';
import { isAlgorithmsKey } from './ipsec-keys.ts';
import { maskArrow, maskKeyValue, maskWrittenSeparator } from './key-value.ts';
import { mayStartDotted, mayStartToken, tokenAt } from './known-tokens.ts';
import { isNumberedName } from './numbered-names.ts';
import { maskAfterHangul } from './korean-keys.ts';
import { MARK_PATTERN, type SpanSink } from './mask-span.ts';
import { maskDottedMac, maskIpv6, maskMac } from './network-address.ts';
import { isAnnouncedCode, maskFiscalCode, maskNumber, maskPhoneSign, maskTrack } from './personal-numbers.ts';
import { maskKeyBlock, maskKeyLine, openBlock, openLines, type KeyBlockState } from './private-keys.ts';
import { maskSessionSecret } from './tls-key-logs.ts';
import { maskSlashedPair, maySlash } from './slashed-pairs.ts';
import { isBearerSegment, maskBearerSegment, maskUrl } from './urls.ts';
import { mayBeShaped, shapedToken } from './shaped-tokens.ts';
import { maskTrapCommunity } from './trap-communities.ts';
import { isNetAlias, maskWindows } from './windows-commands.ts';
import { maskWifiAddress } from './wifi-addresses.ts';

const PLAIN = 0;
const RUN = 1;
const SEPARATOR = 2;
const AT = 3;
const SIGN = 4;
const HYPHEN = 5;
const ELEMENT = 6;
const PERCENT = 7;
const LINE = 8;
const MARK = 9;
const DOLLAR = 10;
const OPEN = 11;
const AMPERSAND = 12;
const BRACE = 13;
const PIPE = 14;

const ACTION = new Uint8Array(128);
for (let code = 0; code < 128; code++) if (isWord(code)) ACTION[code] = RUN;
for (const [char, action] of [[':', SEPARATOR], ['=', SEPARATOR], ['@', AT], ['+', SIGN], ['(', SIGN], ['-', HYPHEN], ['>', ELEMENT], ['%', PERCENT], ['\n', LINE], ['\r', LINE], ['<', MARK], ['$', DOLLAR], ['[', OPEN], ['&', AMPERSAND], ['{', BRACE], ['|', PIPE]] as const) ACTION[char.charCodeAt(0)] = action;

/** The shortest run that is looked at as a token without a key. */
const MIN_TOKEN_CHARS = 16;
const MARK_TEXT = new RegExp(MARK_PATTERN, 'y');
/** `Password:` in base64, as servers ask for it (AUTH LOGIN of SMTP and IMAP). */
const PASSWORD_CHALLENGE = 'UGFzc3dvcmQ6';
/** The client's answer on the same line. */
const ANSWER = /["'\])]{0,2}(?:\\r)?(?:\\n)?[;,|]?[ \t]+(?:[-<>C:=]{1,3}[ \t]*)?["'[(]?([A-Za-z0-9+/]{4,256}={0,2})(?![A-Za-z0-9+/=])/y;
const TELEGRAM = /\d{8,10}:[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/y;
const DISCORD = /[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}(?![A-Za-z0-9_-])/y;
const AZURE_SECRET = /^[A-Za-z0-9_-]{3}\dQ$/;
const AZURE_REST = /~[A-Za-z0-9_~.-]{31,34}/y;
/** crypt(3), bcrypt, Argon2, PBKDF2 and scrypt in modular crypt format. */
const CRYPT =
  /\$(?:2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}|(?:[1-9]|y|gy|apr1|sha1|md5)\$(?:rounds=\d{1,9}\$)?[./A-Za-z0-9]{1,32}\$[./A-Za-z0-9$]{20,120}|9\$[./A-Za-z0-9-]{8,120}|[PHS]\$[./A-Za-z0-9]{28,64}|(?:argon2(?:id|i|d)|pbkdf2[a-z0-9-]*|scrypt|bcrypt-sha256)\$[A-Za-z0-9$=,.+/_-]{20,300})/y;
/** Hashes as Django, Werkzeug and PostgreSQL (SCRAM, RFC 5803) write them: the scheme, then parts between dollar signs. */
const SCHEME_BEFORE = /(?:pbkdf2_sha\d+|pbkdf2:sha\d+:\d+|scrypt(?::\d+){0,3}|SCRAM-SHA-\d+|argon2|bcrypt(?:_sha256)?|sha1|md5|crypt)$/;
/** SCRAM's parts have colons between; elsewhere a colon ends the field of a password file. */
const PARTS = /(?<=SCRAM-SHA-\d{1,4})\$[A-Za-z0-9+/=.,:$_-]{20,400}|\$[A-Za-z0-9+/=.,$_-]{20,400}/y;

/** Scans all of `text` into `sink`; `state` says whether it begins inside a private key and is left as it ends. */
export const scanSecrets = (text: string, sink: SpanSink, state: KeyBlockState): void => {
  let i = state.linesLeft > 0 ? maskKeyLine(text, 0, sink, state) : 0;
  const length = text.length;
  while (i < length) {
    const code = text.charCodeAt(i);
    if (code >= 128) {
      i = isEastAsian(code) ? maskAfterHangul(text, i, sink) : maskAfterForeign(text, i, sink);
      continue;
    }
    const action = ACTION[code];
    const at = i;
    if (action === PLAIN) i++;
    else if (action === RUN) {
      const end = plainWordEnd(text, i, code);
      i = end > 0 ? end : maskRun(text, i, sink);
    }
    else if (action === SEPARATOR) {
      if (text.charCodeAt(i - 1) === 115 && text.startsWith('Private-Lines', i - 13)) openLines(text, i, state);
      i = maskSeparator(text, i, sink);
    }
    else if (action === LINE) {
      i++;
      if (sink.block !== null) openBlock(sink, state);
      if (state.linesLeft > 0 && i < length && !isLineEnd(text.charCodeAt(i))) i = maskKeyLine(text, i, sink, state);
    } else if (action === HYPHEN) i = maskHyphen(text, i, sink, state);
    else if (action === OPEN) i = maskArguments(text, i, sink);
    else i = maskSign(text, i, action ?? PLAIN, sink);
    if (i <= at) i = at + 1;
  }
  if (sink.block !== null) openBlock(sink, state);
};

/** 1 for letters and the underscore. */
const LETTER = new Uint8Array(128);
for (let code = 0; code < 128; code++) if (isWord(code) && !isDigit(code)) LETTER[code] = 1;
/** What may follow a short word that is of interest: blank, quote, dot, colon, tilde, hyphen, digit, at-sign … */
const STOPS = new Uint8Array(128);
for (const char of ' \t".:~-+$0123456789') STOPS[char.charCodeAt(0)] = 1;

/** Under the last three letters of a word, five bits each: 1 where some word of interest ends so. Most prose stops here. */
const TAILS = new Uint8Array(1 << 15);
for (const tail of [...announcerTails(), ...KEY_TAILS]) {
  const low = ((tail.charCodeAt(tail.length - 2) & 31) << 5) | (tail.charCodeAt(tail.length - 1) & 31);
  if (tail.length > 2) TAILS[((tail.charCodeAt(tail.length - 3) & 31) << 10) | low] = 1;
  else for (let any = 0; any < 32; any++) TAILS[(any << 10) | low] = 1;
}

/** End of a short word of letters that nothing can begin with, the common case; 0 where {@link maskRun} has to look. */
const plainWordEnd = (text: string, start: number, first: number): number => {
  if (LETTER[first] === 0 || text.charCodeAt(start - 1) === 92) return 0;
  let tail = first & 31;
  let end = start + 1;
  let code = text.charCodeAt(end);
  while (code < 128 && LETTER[code] === 1) {
    tail = (tail << 5) | (code & 31);
    code = text.charCodeAt(++end);
  }
  const length = end - start;
  if (length >= MIN_TOKEN_CHARS) return 0;
  if (code >= 128 || STOPS[code] === 0) return end;
  if (code === 32 || code === 9) return TAILS[tail & 0x7fff] === 1 && (mayAnnounce(text, start, end) || endsLikeKey(text, start, end)) ? 0 : end;
  if (code === 46) return mayStartDotted(text, start) ? 0 : end;
  if (code === 58) return length === 2 || length === 4 ? 0 : end;
  return code === 34 && text.charCodeAt(end + 1) !== 32 ? end : 0;
};

/** A hyphen that no run holds: a flag, the head of a private key, or a dash. */
const maskHyphen = (text: string, at: number, sink: SpanSink, state: KeyBlockState): number => {
  const next = text.charCodeAt(at + 1);
  if (next !== 45) return isLetter(next) ? maskFlag(text, at, sink) : at + 1;
  return text.startsWith('---BEGIN ', at + 2) ? maskKeyBlock(text, at, sink, state) : maskFlag(text, at, sink);
};

/** An at-sign, a separator or a URL's head in URL-encoded text; of any other escape the digits belong to no word. */
const maskPercent = (text: string, at: number, sink: SpanSink): number => {
  if (text.startsWith('40', at + 1)) return maskEmail(text, at, 3, sink);
  const after = maskEncodedUrl(text, at, sink) || maskEncodedPair(text, at, sink);
  return after > at + 1 ? after : afterPercent(text, at);
};

const maskSign = (text: string, at: number, action: number, sink: SpanSink): number => {
  if (action === PIPE && isUpper(text.charCodeAt(at - 3)) && isRun(text.charCodeAt(at - 1))) return maskSegment(text, at, sink) || at + 1;
  if (action === PIPE) return text.charCodeAt(at + 1) === 32 ? maskRow(text, at, sink) : at + 1;
  if (action === BRACE) return maskTuple(text, at, sink);
  if (action === AT) return maySlash(text, at) && maskSlashedPair(text, at, sink) > 0 ? at + 1 : maskEmail(text, at, 1, sink);
  if (action === AMPERSAND) return text.charCodeAt(at + 1) === 103 ? maskEscapedElement(text, at, sink) : text.charCodeAt(at + 1) === 35 ? maskWrittenSeparator(text, at, sink) : at + 1;
  if (action === SIGN) return isDigit(text.charCodeAt(at + 1)) ? maskPhoneSign(text, at, sink) : text.charCodeAt(at) === 40 ? maskArguments(text, at, sink) : at + 1;
  if (action === ELEMENT && text.charCodeAt(at - 1) === 45) return maskArrow(text, at, sink);
  if (action === ELEMENT && text.charCodeAt(at - 1) === 32) return maskAccessRule(text, at, sink);
  if (action === ELEMENT) return isLetter(text.charCodeAt(at - 1)) || text.charCodeAt(at - 1) === 34 || text.charCodeAt(at - 1) === 39 ? maskElement(text, at, sink) : at + 1;
  if (action === PERCENT && text.charCodeAt(at + 1) === 66) return maskTrack(text, at, sink);
  if (action === PERCENT) return maskPercent(text, at, sink);
  if (action === DOLLAR) {
    const before = text.charCodeAt(at - 1);
    const named = isWord(before) && SCHEME_BEFORE.test(lineBefore(text, at, 24));
    const pattern = named ? PARTS : CRYPT;
    pattern.lastIndex = at;
    return pattern.test(text) ? sink.add(at, pattern.lastIndex, 'secret:password-hash') : at + 1;
  }
  if (text.charCodeAt(at + 1) === 60 && text.charCodeAt(at + 2) === 60) return maskHereString(text, at, sink);
  MARK_TEXT.lastIndex = at;
  return MARK_TEXT.test(text) ? MARK_TEXT.lastIndex : at + 1;
};

/** A colon before an escape: a URL's head, or a key and its value all the same. */
const maskEscaped = (text: string, at: number, sink: SpanSink): number => (isWord(text.charCodeAt(at - 1)) && maskEncodedUrl(text, at, sink)) || maskKeyValue(text, at, sink);

/** `:` and `=`: a URL, or what a key and a value stand around. */
const maskSeparator = (text: string, at: number, sink: SpanSink): number => {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at + 1);
  if (text.charCodeAt(at) === 58) {
    if (after === 47 && text.charCodeAt(at + 2) === 47) return maskUrl(text, at, sink);
    if (after === 92 || after === 37) return maskEscaped(text, at, sink);
    if (before === 73 && text.startsWith('WIFI', at - 4)) return maskWifiAddress(text, at, sink) || at + 1;
    // Times, ratios, ports and addresses: digits on both sides; a name may end with a hyphen and a number.
    if (isDigit(before) && isDigit(after) && !isLetter(text.charCodeAt(at - 2)) && text.charCodeAt(at - 3) !== 45) return text.charCodeAt(at + 5) === 58 || text.charCodeAt(at + 6) === 58 ? maskPasswordLine(text, at, sink) : at + 1;
    if ((isDigit(after) || after === 42) && (isLetter(before) || before === 42 || (text.charCodeAt(at + 5) === 58 && isDigit(before)))) {
      const end = before === 115 ? maskSerialized(text, at, sink) : maskPasswordLine(text, at, sink);
      if (end > 0) return end;
    }
  }
  else if (isDigit(before) && isDigit(text.charCodeAt(at - 3))) {
    const end = maskFixField(text, at, sink);
    if (end > 0) return end;
  }
  return maskKeyValue(text, at, sink);
};

/**
 * The letter of an escaped line end or tab (`\\n` in JSON) is no part of the word that follows it. Where an escaped
 * separator had a secret behind it, the negated end of what was masked.
 */
const afterEscape = (text: string, at: number, sink: SpanSink): number => {
  const code = text.charCodeAt(at);
  if (code === 117 && text.startsWith('u003', at)) {
    const after = maskWrittenSeparator(text, at - 1, sink);
    return after > at ? -after : at + 5;
  }
  if (code === 117 && text.startsWith('u00', at) && isHex(text.charCodeAt(at + 3)) && isHex(text.charCodeAt(at + 4)) && isRun(text.charCodeAt(at + 5))) return at + 5;
  return (code === 110 || code === 114 || code === 116) && isWord(text.charCodeAt(at + 1)) ? at + 1 : at;
};

/** What may follow the first short run of a token: `SG.`, `sha256~`, `1/`, `token-x:`, base64's signs. */
const TOKEN_GOES_ON = new Uint8Array(128);
for (const char of '.~!:/+=%$') TOKEN_GOES_ON[char.charCodeAt(0)] = 1;

const runEnd = (text: string, start: number): number => {
  let end = start + 1;
  for (let code = text.charCodeAt(end); isRun(code); code = text.charCodeAt(++end)) {
    if (code === 45 && text.charCodeAt(end + 1) === 45 && text.startsWith('-----BEGIN', end)) break;
  }
  return end;
};

/** A run of letters, digits, `_` and `-` that begins at `start`. */
const maskRun = (text: string, begin: number, sink: SpanSink): number => {
  const previous = text.charCodeAt(begin - 1);
  const start = previous === 92 ? afterEscape(text, begin, sink) : begin;
  if (start < 0) return -start;
  const end = runEnd(text, start);
  const first = text.charCodeAt(start);
  const length = end - start;
  const next = text.charCodeAt(end);
  if (isDigit(first) && !isNumberPart(text, start, start > begin ? text.charCodeAt(begin) : previous)) {
    const after = numberRun(text, start, end, sink);
    if (after > start) return after;
  }
  if (length >= MIN_TOKEN_CHARS) {
    const after = longRun(text, start, end, sink);
    if (after > 0) return after;
  } else if (next < 128 && TOKEN_GOES_ON[next] === 1 && mayStartToken(text, start)) {
    const found = tokenAt(text, start);
    if (found !== null) return sink.add(found.kind === 'secret:terraform-token' ? wordBefore(text, start) : start, found.end, found.kind);
  }
  if (next === 32 || next === 9) return wordBeforeBlank(text, start, end, sink);
  if (next === 58 && length >= 11 && first === 98 && text.startsWith('bot', start)) {
    TELEGRAM.lastIndex = start + 3;
    if (TELEGRAM.test(text)) return sink.add(start + 3, TELEGRAM.lastIndex, 'secret:telegram-token');
  }
  if (next === 58 && length === 2 && isHex(first) && text.charCodeAt(end + 3) === 58 && text.charCodeAt(end + 6) === 58) return maskMac(text, start, sink) || end;
  if (next === 46 && length === 4 && isHex(first) && text.charCodeAt(end + 5) === 46) return maskDottedMac(text, start, sink) || end;
  if (next === 58 && length === 4 && (first === 50 || first === 51)) return maskIpv6(text, start, sink) || end;
  if (isUpper(first) && isDigit(text.charCodeAt(start + 2)) && (length === 4 || length >= 15)) {
    const after = maskIban(text, start, sink);
    if (after > 0) return after;
  }
  if (next === 126 && length >= 5 && AZURE_SECRET.test(text.slice(end - 5, end))) {
    AZURE_REST.lastIndex = end;
    if (AZURE_REST.test(text)) return sink.add(end - 5, AZURE_REST.lastIndex, 'secret:azure-client-secret');
  }
  return next === 34 && text.charCodeAt(end + 1) === 32 ? quotedWord(text, start, end, sink) : length === 12 ? challenge(text, start, end, sink) : end;
};

/** A quoted word that a blank follows. */
const quotedWord = (text: string, start: number, end: number, sink: SpanSink): number => {
  const announced = mayAnnounce(text, start, end) ? maskAfterWord(text, start, end, sink) : end;
  return announced === end && text.charCodeAt(end + 2) === 34 && endsLikeKey(text, start, end) ? maskQuotedPair(text, start, end, sink) : announced;
};

/** A server asks for the password: the next line answers. */
const challenge = (text: string, start: number, end: number, sink: SpanSink): number => {
  if (!text.startsWith(PASSWORD_CHALLENGE, start)) return end;
  ANSWER.lastIndex = end;
  const answer = ANSWER.exec(text)?.[1];
  if (answer !== undefined && isPrintable(answer)) return sink.add(ANSWER.lastIndex - answer.length, ANSWER.lastIndex, 'secret:password');
  sink.block = { kind: 'secret:password', accept: 'random', column: 0, form: 'reply' };
  return end;
};

/** `net1`, and the version before a community: `version 2c x`. */
const shortNumbered = (text: string, start: number, end: number, sink: SpanSink): number => {
  if (isNetAlias(text, start, end)) return maskWindows(text, start, end, 'net', sink);
  const first = text.charCodeAt(start);
  return end - start <= 2 && text.charCodeAt(start - 2) === 110 && (first === 49 || first === 50) ? maskTrapCommunity(text, start, end, sink) : end;
};

/** A run that a blank follows: an announcement, a directive, the first group of an account number, a code. */
const wordBeforeBlank = (text: string, start: number, end: number, sink: SpanSink): number => {
  if (end - start <= 4 && isDigit(text.charCodeAt(end - (end - start === 2 ? 2 : 1)))) {
    const after = shortNumbered(text, start, end, sink);
    if (after > end) return after;
  }
  if (!isDigit(text.charCodeAt(end - 1))) {
    if (mayAnnounce(text, start, end)) {
      const after = maskAfterWord(text, start, end, sink);
      if (after > end) return after;
    }
    if (endsLikeKey(text, start, end)) return maskDirective(text, start, end, sink);
  }
  const length = end - start;
  const first = text.charCodeAt(start);
  if (isUpper(first) && isDigit(text.charCodeAt(start + 2)) && (length === 4 || length >= 15)) {
    const after = maskIban(text, start, sink);
    if (after > 0) return after;
  }
  return length === 8 && text.charCodeAt(start + 1) === 45 && isAnnouncedCode(text, end) ? sink.add(start + 2, end, 'secret:otp') : end;
};

/** The digit at `start` continues a number or a name that began before it. */
const isNumberPart = (text: string, start: number, before: number): boolean => (before === 46 || before === 43) && isWord(text.charCodeAt(start - 2));

/** Numbers with their hyphens, dots and blanks; also hex addresses that begin with a digit. `start` where nothing fits. */
const numberRun = (text: string, start: number, end: number, sink: SpanSink): number => {
  if (text.charCodeAt(end) === 58 && end - start >= 8) {
    TELEGRAM.lastIndex = start;
    if (TELEGRAM.test(text)) return sink.add(start, TELEGRAM.lastIndex, 'secret:telegram-token');
  }
  if (end - start === 17 && text.charCodeAt(start + 2) === 45) {
    const mac = maskMac(text, start, sink);
    if (mac > 0) return mac;
  }
  const spans = sink.spans.length;
  const after = maskNumber(text, start, sink);
  if (sink.spans.length > spans || after > end) return after;
  return start;
};

/** A run long enough for a token: a known format, or one whose name says key. 0 where it is neither. */
const longRun = (text: string, start: number, end: number, sink: SpanSink): number => {
  const from = tokenStart(text, start);
  const known = tokenAt(text, from);
  if (known !== null && !isNumberedName(text, from, known.end)) {
    sink.add(known.kind === 'secret:terraform-token' ? wordBefore(text, from) : from, known.end, known.kind);
    return known.kind === 'secret:aws-access-key' ? maskSecretHalf(text, known.end, sink) : known.end;
  }
  const first = text.charCodeAt(start);
  if (isHex(first) && isBlank(text.charCodeAt(start - 1)) && (text.charCodeAt(start + 1) === 120 || (isDigit(text.charCodeAt(start - 2)) && isBlank(text.charCodeAt(start - 4)))) && isAlgorithmsKey(text, start)) return sink.add(start, end, 'secret:key');
  if ((end - start === 64 || end - start === 96) && text.charCodeAt(start - 1) === 32 && isHex(first) && isHex(text.charCodeAt(start - 2))) {
    const secret = maskSessionSecret(text, start, end, sink);
    if (secret > 0) return secret;
  }
  if (first >= 77 && first <= 79 && text.charCodeAt(end) === 46) {
    DISCORD.lastIndex = start;
    if (DISCORD.test(text)) return sink.add(start, DISCORD.lastIndex, 'secret:discord-token');
  }
  if (end - start === 17 && text.charCodeAt(start + 2) === 45 && maskMac(text, start, sink) > 0) return end;
  if (end - start === 16 && isUpper(first)) {
    const fiscal = maskFiscalCode(text, start, end, sink);
    if (fiscal > 0) return fiscal;
  }
  const shaped = mayBeShaped(text, start, end) ? shapedToken(text, start, end) : null;
  if (shaped !== null) return sink.add(start, shaped.end, shaped.kind);
  if (isBearerSegment(text, start)) return maskBearerSegment(text, start, end, sink);
  return isBlank(text.charCodeAt(end)) && end - start < 64 ? afterLongName(text, start, end, sink) : 0;
};

const afterLongName = (text: string, start: number, end: number, sink: SpanSink): number => {
  if (text.startsWith('ConvertTo-SecureString', start)) return maskDirective(text, start + 10, end, sink);
  return endsLikeKey(text, start, end) ? maskDirective(text, start, end, sink) : 0;
};

/** Terraform's tokens begin with an id before the fixed part: `….atlasv1.…`. */
const wordBefore = (text: string, at: number): number => {
  let from = at;
  if (text.charCodeAt(at - 1) !== 46) return at;
  for (from--; from > 0 && at - from < 24 && isWord(text.charCodeAt(from - 1)); from--);
  return from;
};

/** Formats whose first part is short and ends with a dot or slash: `SG.`, `hvs.`, `1//0`. */
const tokenStart = (text: string, start: number): number => {
  if (text.charCodeAt(start - 1) !== 46 && text.charCodeAt(start - 1) !== 47) return start;
  let from = start - 1;
  while (from > 0 && start - from < 12 && (isWord(text.charCodeAt(from - 1)) || text.charCodeAt(from - 1) === 47 || text.charCodeAt(from - 1) === 46)) from--;
  return mayStartToken(text, from) && (tokenAt(text, from)?.end ?? 0) > start ? from : start;
};
