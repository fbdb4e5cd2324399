/** Public addresses of people's machines: IPv4, IPv6, MAC. Private and loopback addresses stay. */
import { isDigit, isHex, isLineEnd, isWord, lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';

/** What {@link dottedAt} packs: the length in four bits, the first and second number in ten each, whether one exceeds 255. */
const TOO_LARGE = 1 << 24;

/** Four numbers of one to three digits with dots between at `start`, packed; 0 where they are none. */
const dottedAt = (text: string, start: number): number => {
  let end = start;
  let packed = 0;
  for (let n = 0; n < 4; n++) {
    if (n > 0 && text.charCodeAt(end++) !== 46) return 0;
    const from = end;
    let value = 0;
    for (let code = text.charCodeAt(end); end < from + 3 && isDigit(code); code = text.charCodeAt(++end)) value = value * 10 + code - 48;
    if (end === from) return 0;
    if (value > 255) packed |= TOO_LARGE;
    if (n < 2) packed |= value << (n === 0 ? 4 : 14);
  }
  return packed | (end - start);
};
const VERSION_WORD = /(?:version|ver|v|release|firmware|build|driver|chrome|kernel|linux|sdk|jdk|java|openssl|nginx|php|python|node|tomcat|revision|rev|upgrade|agent)[\s:="'/]*$/i;
/** Four short numbers are a version unless something says address. */
const ADDRESS_WORD = /(?:[:=/@["'<]|\b(?:ip|addr|address|from|client|host|peer|remote|by|dns|server|nameserver|gateway|ping|proxy|upstream|connect to|connected to|connecting to|connection to|target|destination|user|source|src|dst)\s)$/i;
/** `04.05.06.07`: a date or a version. */
const ZERO_LED = /(?:^|\.)0\d/;
/** Of addresses handed out one in 650 has one digit in both middle places; of versions most have, and few count to 100. */
const SHORT_MIDDLE = /^\d\d?\.\d\.\d\.\d+$/;
const HOST_SLASH = /[A-Za-z0-9)]\/$/;

/** RFC 1918, 6598, 5735: not reachable from outside, so no one's name. */
const isPrivate = (a: number, b: number): boolean =>
  a === 10 || a === 127 || a === 0 || a >= 224 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254) || (a === 100 && b >= 64 && b <= 127);

/** Four short numbers at the other end of an arrow or of `to`: versions before and after. */
const FROM_SHORT = /(?:^|[^\d.])\d{1,2}(?:\.\d{1,2}){3} (?:->|=>|→|to|>) $/;
const TO_SHORT = /^ (?:->|=>|→|to) \d{1,2}(?:\.\d{1,2}){3}(?![\d.])/;

const isUpgrade = (text: string, start: number, end: number): boolean => {
  const next = text.charCodeAt(end);
  if (text.charCodeAt(start - 1) === 32) {
    const before = lineBefore(text, start, 20);
    const side = FROM_SHORT.exec(before)?.[0].match(/[\d.]+/)?.[0] ?? '';
    if (side !== '' && side.length <= 8) return true;
  }
  return next === 32 && (TO_SHORT.exec(text.slice(end, end + 20))?.[0].match(/[\d.]+/)?.[0].length ?? 99) <= 8;
};

/** `203.0.113.9 - kim […]`: a line of an access log. */
const ACCESS = / - \S{1,64} \[/y;
const startsAccess = (text: string, start: number, end: number): boolean => {
  ACCESS.lastIndex = end;
  return text.startsWith(' - ', end) && (start === 0 || isLineEnd(text.charCodeAt(start - 1)) || ACCESS.test(text));
};

/** End of the public IPv4 address at `start`; the negated end of something dotted that is none; 0 where nothing fits. */
export const publicIpv4 = (text: string, start: number): number => {
  const packed = dottedAt(text, start);
  if (packed === 0) return 0;
  const end = start + (packed & 15);
  const a = (packed >> 4) & 1023;
  const b = (packed >> 14) & 1023;
  const next = text.charCodeAt(end);
  const longer = isWord(next) || ((next === 46 || next === 45) && isWord(text.charCodeAt(end + 1)));
  if (longer || packed >= TOO_LARGE || isPrivate(a, b)) return -end;
  const written = text.slice(start, end);
  if (ZERO_LED.test(written)) return -end;
  const before = lineBefore(text, start, 16);
  if (VERSION_WORD.test(before)) return -end;
  if (end - start <= 11 && isUpgrade(text, start, end)) return -end;
  if ((end - start <= 8 || (b < 10 && a < 100 && next !== 58 && SHORT_MIDDLE.test(written))) && !ADDRESS_WORD.test(before) && !text.startsWith(' port ', end) && !startsAccess(text, start, end)) return -end;
  if (HOST_SLASH.test(before) && next !== 58) return -end;
  return end;
};

const IPV6 = /[23][0-9a-f]{3}:(?:(?:[0-9a-f]{1,4}:){6}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){0,5}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?)/iy;
const MAC = /[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}/iy;

/** Handles a word of four hex digits that a colon follows: global unicast IPv6 (2000::/3, RFC 4291). */
export const maskIpv6 = (text: string, start: number, sink: SpanSink): number => {
  IPV6.lastIndex = start;
  if (!IPV6.test(text)) return 0;
  const end = IPV6.lastIndex;
  const next = text.charCodeAt(end);
  if (isWord(next) || (next === 58 && isWord(text.charCodeAt(end + 1)))) return 0;
  return sink.add(start, end, 'pii:ip');
};

const DOTTED_MAC = /(?=[\d.]*[a-f])(?=[a-f.]*\d)[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\w.-])/iy;

/** Handles four hex digits that a dot follows: a MAC address as network devices write it, `8cc5.c367.5701`. */
export const maskDottedMac = (text: string, start: number, sink: SpanSink): number => {
  DOTTED_MAC.lastIndex = start;
  const before = text.charCodeAt(start - 1);
  return !isWord(before) && before !== 46 && before !== 45 && DOTTED_MAC.test(text) ? sink.add(start, DOTTED_MAC.lastIndex, 'pii:mac') : 0;
};

/** The beginning of a key's or a certificate's digest, cut short for the eye. */
const FINGERPRINT_BEFORE = /(?:fingerprint|thumbprint)\W{0,4}(?:md5:)?$/i;

/** Handles two hex digits at `start` that `:` or `-` follows: a MAC address, not a longer fingerprint. */
export const maskMac = (text: string, start: number, sink: SpanSink): number => {
  MAC.lastIndex = start;
  if (!MAC.test(text)) return 0;
  const end = MAC.lastIndex;
  const separator = text.charCodeAt(start + 2);
  const next = text.charCodeAt(end);
  const before = text.charCodeAt(start - 1);
  if (isWord(next) || isWord(before) || (next === separator && isHex(text.charCodeAt(end + 1))) || (before === separator && isHex(text.charCodeAt(start - 2)))) return 0;
  const value = text.slice(start, end);
  return /^(?:00[:-]){5}00$|^(?:ff[:-]){5}ff$/i.test(value) || allDecimalTimes(value) || FINGERPRINT_BEFORE.test(lineBefore(text, start, 24)) ? 0 : sink.add(start, end, 'pii:mac');
};

/** `12-01-02-03-04-05` may be a date and time: no letter, month, day, hour, minute and second in range. */
const allDecimalTimes = (value: string): boolean => /^[\d-]+$/.test(value) && Number(value.slice(3, 5)) <= 12 && Number(value.slice(6, 8)) <= 31;
