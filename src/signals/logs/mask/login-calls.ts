/** Passwords among the arguments of calls that connect or log in, as stack traces and shells print them: `mysqli_connect('10.0.0.7', 'kim', 'x')`, `connect('kim', 'x', 't3://h:7001')`. */
import { isWord } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { isSpokenPassword } from './spoken-values.ts';
import { isPlaceholder } from './value-shape.ts';

const MAX_NAME_CHARS = 64;
/** What such a call's name ends with; a constructor, where its first argument says where to connect. */
const LOGS_IN = /(?:connect|ldap\w{0,12}_bind|login|log_?on|sign_?in|auth(?:enticate)?|auth_password|getconnection|createconnection|imap_open)$/i;
const CONSTRUCTS = /^(?:__construct|PDO|mysqli|SoapClient|Connection|Client)$/;
/** One argument: quoted, or bare as traces print objects, resources and numbers. */
const ARGUMENT = /\s*(?:\\*(["'])((?:[^"'\\\r\n]){0,256})\\*\1|(Resource id #\d{1,9}|Object\([\w\\]{1,80}\)|Array|NULL|null|true|false|\d{1,9}))\s*(,|\))/y;
const MAX_ARGUMENTS = 8;
/** A URL, a DSN, an address, a host with its domain or port, a number: where to, not who. */
const PLACE = /^(?:[a-z][\w+.-]{0,16}:(?:\/\/|\w+=|@|thin:)|\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?$|localhost\b|\d{1,5}$|[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?$|\{[\w.:/-]+\}\w*$)/i;

interface Argument {
  readonly start: number;
  readonly content: string;
  readonly place: boolean;
}

const argumentsAt = (text: string, at: number): readonly Argument[] => {
  const found: Argument[] = [];
  let from = at + 1;
  for (let n = 0; n < MAX_ARGUMENTS; n++) {
    ARGUMENT.lastIndex = from;
    const match = ARGUMENT.exec(text);
    if (match === null) break;
    const content = match[2];
    if (content === undefined) found.push({ start: from, content: '', place: true });
    else found.push({ start: from + match[0].indexOf(content, match[0].search(/["']/) + 1), content, place: PLACE.test(content) });
    from = ARGUMENT.lastIndex;
    if (match[4] === ')') break;
  }
  return found;
};

/** Cheap test of the letters before `(`: t, d, n, h, e as those names end. */
export const mayLogIn = (text: string, at: number): boolean => {
  // Quoted, or a resource or an object first.
  const first = text.charCodeAt(at + 1);
  if (first !== 39 && first !== 34 && first !== 92 && first !== 82 && first !== 79) return false;
  const last = text.charCodeAt(at - 1) | 32;
  const second = text.charCodeAt(at - 2) | 32;
  return (last === 116 && (second === 99)) || (last === 100 && (second === 110 || second === 114)) || (last === 110 && (second === 105 || second === 111 || second === 101)) || (last === 104 && second === 116) || (last === 101 && second === 116);
};

const nameBefore = (text: string, at: number): string => {
  let start = at;
  while (at - start < MAX_NAME_CHARS && isWord(text.charCodeAt(start - 1))) start--;
  return text.slice(start, at);
};

/** Handles `(` at `at`; the end of what was masked, or 0. */
export const maskLoginCall = (text: string, at: number, sink: SpanSink): number => {
  const name = nameBefore(text, at);
  const constructs = CONSTRUCTS.test(name);
  if (!constructs && !LOGS_IN.test(name)) return 0;
  const all = argumentsAt(text, at);
  const people = all.filter(({ place }) => !place);
  const toPlace = all[0]?.place === true && all[0].content !== '';
  const [user, ...rest] = people;
  if (user === undefined || (constructs && !toPlace)) return 0;
  const certain = people.length === 2 && all.some(({ place, content }) => place && content !== '') && !/\s/.test(user.content);
  const secret = rest.find(({ content }) => isSpokenPassword(content) && !/[\\/]/.test(content)) ?? (certain ? rest[0] : undefined);
  if (secret === undefined || secret.content.length < 4 || isPlaceholder(secret.content) || /\s/.test(secret.content) || (certain && secret === rest[0] && /^[a-z]+$/.test(secret.content) && !toPlace)) return 0;
  if (/^[^\s@]+@[\w.-]+\.\w+$/.test(user.content)) sink.add(user.start, user.start + user.content.length, 'pii:email');
  return sink.add(secret.start, secret.start + secret.content.length, 'secret:password');
};

/** `addHeader(apiKey, x)`: a name and a value without quotes, as loggers print calls. */
export const BARE_PAIR = /\(([A-Za-z][\w.-]{2,40}), ?([^\s,()"'=]{8,256})\)/y;
