/**
 * Telemetry ► text that cannot leave its data block nor steer a reader: no control characters, no markup, no links, and
 * templates instead of what an outsider may have written. Quoted strings and long values are where attackers get their
 * text into logs (user agents, paths, parameters); abstraction of such fields is what held in AIOpsShield (arXiv 2508.06394).
 */

/** Control, format (zero width, direction), private use, lone surrogates, and the invisible tag characters. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]+/gu;
/** ESC and the C1 introducer with what follows, up to the final byte (ECMA-48 5.4), and OSC strings to their end. */
// oxlint-disable-next-line no-control-regex
const TERMINAL = /(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]{0,2000}(?:\u0007|\u001b\\|\u009c)?|(?:\u001b\[|\u009b)[0-?]{0,64}[ -/]{0,8}[@-~]?/g;
const LINK = /(?:[a-z][a-z0-9+.-]{0,20})?:\/\/[^\s<>"'`)\]}]*/gi;
const DOMAIN_LINK = /\bwww\.[^\s<>"'`)\]}]*/gi;
const LOOK_ALIKES: Readonly<Record<string, string>> = { '<': '‹', '>': '›', '[': '(', ']': ')', '{': '(', '}': ')', '`': "'", '|': '/', '\\': '/', '*': '·', '#': '＃', '!': '.' };
const MARKUP = /[<>[\]{}`|\\*#!]/g;

/** Longer telemetry is cut before any other work, so that all of this stays linear. */
const MAX_INPUT = 4_000;

/** One line of plain text without markup; marks such as `<email>` and `<*>` read `‹email›` and `…`. */
export const neutralise = (text: string): string =>
  text
    .slice(0, MAX_INPUT)
    .normalize('NFC')
    .replaceAll('<*>', '…')
    .replaceAll(TERMINAL, ' ')
    .replaceAll(INVISIBLE, ' ')
    .replaceAll(LINK, '(link)')
    .replaceAll(DOMAIN_LINK, '(link)')
    .replaceAll(MARKUP, (mark) => LOOK_ALIKES[mark] ?? ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const QUOTED = /"[^"]{0,2000}"|“[^”]{0,2000}”|(?<=^|[\s=(:])'[^']{0,2000}'(?=$|[\s,.;:)])/g;
/** Quotes of up to this many words name something; longer ones say something. */
const MAX_QUOTED_WORDS = 2;

/** A raw line ► a template: quoted strings that say something and digits become `…`. */
export const templateOf = (line: string): string =>
  line
    .slice(0, MAX_INPUT)
    .replaceAll(QUOTED, (quoted) => (quoted.split(/\s+/).length > MAX_QUOTED_WORDS || quoted.length > 60 ? '"…"' : quoted))
    .replaceAll(/\d+/g, '…');
