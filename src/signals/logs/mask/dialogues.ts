/** Arguments of a protocol's commands in a dialogue with a server: `> AUTH x` (Redis), `C: a1 LOGIN kim x` (IMAP), `PASS x` (FTP, POP3, IRC). */
import { lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { isOddlyCased } from './spoken-values.ts';
import { classChanges, isPlaceholder, looksLikePassword } from './value-shape.ts';

const KIND = 'secret:password';
/** What marks a line that a client sent: an arrow, a prompt, `C:`, a tag before it. */
const CLIENT = /(?:(?:^|[\s\w\])])(?:-{1,2}>|[<>]{1,2}) ?|\b(?:C|client|sent|send|cmd|command): ?"?|\bquote |\bAUTHINFO |\b(?:IRC|POP3?|FTP|NNTP|IMAP4?|SMTP|REDIS): |(?:^|\s)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}:\d{1,5}(?:\[\d{1,2}\])?> ?)$/i;
/** A command's tag (RFC 9051). */
const TAG = /(?:^|[\s>"])[A-Za-z]{0,4}\d{1,6} $/;
/** Mechanisms (IANA, SASL mechanisms) and what a server says of it. */
const NO_PASSWORD =
  /^(?:login|plain|cram-md5|digest-md5|xoauth2?|oauthbearer|oauth10a|gssapi|gs2-krb5|ntlm|spnego|anonymous|external|scram-sha-\d{1,3}(?:-plus)?|kerberos(?:_v\d)?|otp|skey|apop|tls(?:-[cp])?|ssl|ok|okay|err|error|success(?:ful)?|succeeded|failed|failure|fail|denied|required|rejected|accepted|completed?|done|none|start(?:ed)?|begin|end|response|challenge|continue|command|timeout|expired|invalid|unsupported|disabled|enabled|username|password|for|is|as|not|no|with|to|from|by|and|in|on)[.,:;!]?$/i;
/** Whether a word after `AUTH` is a mechanism or what a server says. */
export const isNoPassword = (word: string): boolean => NO_PASSWORD.test(word);

/** One or two words, in quotes or not, up to the line's end or that of the string that holds it. */
const ARGUMENTS = /"?[ \t]+(\\*["']?)([^\s"'\\]{1,128})\1(?:[ \t]+(\\*["']?)([^\s"'\\]{1,128})\3)?(?:\\r)?(?:\\n)?(?:["')\]]{0,2}[ \t]*(?=[\r\n]|$)|\\*"(?=[,}]))/y;

interface Said {
  readonly tagged: boolean;
  readonly said: boolean;
  readonly quoted: boolean;
  readonly before: string;
}

/** `a1 LOGIN kim x` from a client, `LOGIN kim "x"`, or a second word that was drawn at random. */
const isLogin = (secret: string, { tagged, said, quoted, before }: Said): boolean => {
  if (isDrawn(secret)) return true;
  return tagged ? said || quoted || CLIENT.test(before.replace(TAG, ' ').trimEnd().concat(' ')) : said && quoted;
};

/** Letters of both cases, with digits among them or not, that take turns as no word's do. */
const isDrawn = (value: string): boolean => value.length >= 10 && /^[!-~]+$/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && isOddlyCased(value) && classChanges(value) >= 6 && !/[:/=]/.test(value);

/** Handles the command [start, end) in capitals; the end of what was masked, or 0. */
export const maskDialogue = (text: string, start: number, end: number, sink: SpanSink): number => {
  const word = text.slice(start, end);
  ARGUMENTS.lastIndex = end;
  const match = ARGUMENTS.exec(text);
  if (match === null) return 0;
  const [whole, , first = '', , second] = match;
  const quoted = match[1] !== '' && text.charCodeAt(start - 1) === 34;
  const before = lineBefore(text, start, 48);
  const secret = second ?? first;
  if (NO_PASSWORD.test(first) || NO_PASSWORD.test(secret) || isPlaceholder(secret) || secret.length < 4) return 0;
  const said = CLIENT.test(before) || quoted || (text.charCodeAt(start - 1) === 34 && whole.trimEnd().endsWith('"'));
  const tagged = TAG.test(before);
  if (word === 'AUTH' && second !== undefined && isDrawn(secret)) return sink.add(end + whole.lastIndexOf(secret), end + whole.lastIndexOf(secret) + secret.length, KIND);
  if (word === 'LOGIN' ? second === undefined || !isLogin(secret, { tagged, said, quoted: match[3] !== '', before }) : !said) return 0;
  // A plain word is an argument of other programs too: `> PASS reasons`.
  if (word === 'PASS' && (second !== undefined || (!looksLikePassword(secret) && !/^[A-Za-z]{3,}(?:[-.][a-z]{3,})*\d{2,}$|^[a-z]{3,}(?:-[a-z]{3,}){2,}$/.test(secret)) || /[/:]|test|spec|suite/i.test(secret))) return 0;
  const at = end + whole.lastIndexOf(secret);
  if (word === 'LOGIN' && first.includes('@')) sink.add(end + whole.indexOf(first), end + whole.indexOf(first) + first.length, 'pii:email');
  return sink.add(at, at + secret.length, KIND);
};
