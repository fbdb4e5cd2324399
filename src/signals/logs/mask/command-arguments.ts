/** Passwords by their position: arguments of protocols' commands and of programs, lines of password files. */
import { isBlank, isLetter, isLineEnd, lineBefore } from './characters.ts';
import { maskLoginPair } from './credential-pairs.ts';
import { commandTokenEnd } from './command-heads.ts';
import { maskDialogue } from './dialogues.ts';
import type { SpanSink } from './mask-span.ts';
import { ruleOfKey } from './sensitive-keys.ts';
import { isSpokenPassword } from './spoken-values.ts';
import { maskInserted } from './sql-columns.ts';
import { valueAt } from './value-extent.ts';
import { isPlaceholder, looksLikePassword } from './value-shape.ts';

const KIND = 'secret:password';
const WORD = /[^\s"'`]{1,128}/y;
const GAP = /[ \t]+\\*["'`]?/y;

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The word after blanks and an opening quote at `at`. */
const wordAfter = (text: string, at: number): Stretch | null => {
  GAP.lastIndex = at;
  if (!GAP.test(text)) return null;
  WORD.lastIndex = GAP.lastIndex;
  return WORD.test(text) ? { start: GAP.lastIndex, end: WORD.lastIndex } : null;
};

/** `echo x | chpasswd`, `printf x | sudo -S`: a program that reads a secret from its standard input. */
const PIPED =
  /[ ](?:-[ne]+ |["']%s(?:\\n)?["'] )?\\*["']?([^"'|\r\n]{4,160}?)(?:\\n)?\\*["']? ?\| ?(?:sudo )?(?:chpasswd|passwd |sudo (?:-\w+ )*-S|-S |docker login|podman login|helm registry login|gh auth login|vault login|cryptsetup|kinit|gpg .{0,40}--passphrase-fd|ssh-add)/y;
/** Oracle's `user/password@service` (SQL*Plus User's Guide). */
const SLASHED = /[ ]+(?:-[SLs]+ )?\\*["']?([\w.$-]{1,64})\/([^\s"'@/]{3,128})(?=@)/y;
/** A mechanism, and the words after it are a server's. */
const MECHANISM = /^(?:PLAIN|LOGIN|CRAM-MD5|GSSAPI|NTLM|EXTERNAL|SCRAM-\S+)$/;
/** Expect answers a prompt: `send "x\\r"`. */
const SENT = / (?:-- )?\\*"([^\s"\\]{6,128})(?=\\+[rn]\\*")/y;
/** `mc alias set NAME URL KEY SECRET` (MinIO Client). */
const ALIAS = / set \S{1,64} https?:\/\/\S{1,200} [\w-]{3,128} \\*["']?([^\s"']{8,128})/y;
/** `sentinel auth-pass MASTER PASSWORD` (Redis Sentinel). */
const NAMED_PASSWORD = /[ ]+[\w.-]{1,64}[ ]+\\*["']?([^\s"']{4,128})/y;
/** The same without a service, where no prose has the program's name. */
const SLASHED_OPEN = /[ ]+(?:-[SLs]+ )?(?:(?:userid|target|catalog|auxiliary)[ =])?\\*["']?[\w.$-]{1,64}\/([^\s"'@/=]{3,128})(?=@|["'\s]|$)/y;
const DATA_PUMP: ReadonlySet<string> = new Set(['sqlplus', 'expdp', 'impdp', 'sqlldr', 'rman']);
/** `connect to DATABASE user NAME using PASSWORD` (Db2). */
const DB2 = / to \S{1,64} user \S{1,64} using ["']?([^\s"']{4,128})/iy;
/** Oracle's programs that log in as `user/password@service`. */
const ORACLE: ReadonlySet<string> = new Set(['sqlplus', 'connect', 'expdp', 'impdp', 'exp', 'imp', 'sqlldr', 'rman']);
/** `cargo login TOKEN`: one word, too long and too random for a user's name. */
const LOGIN_TOKEN = / (?=\w*\d)(?=\w*[A-Z])(?=\w*[a-z])([\w-]{32,128})(?=\s|$)/y;

/** Handles the word [start, end), one of `login auth identify setuser echo printf sqlplus connect`; `end` where nothing was found. */
export const maskCommand = (text: string, start: number, end: number, sink: SpanSink): number => {
  const word = text.slice(start, end);
  const lower = word.toLowerCase();
  if (lower === 'echo' || lower === 'printf') return substituted(text, start, end, sink) || traced(text, start, end, sink) || piped(text, end, sink);
  if (lower === 'send') return matched(text, end, SENT, sink, (value) => isSpokenPassword(value) || looksLikePassword(value));
  if (lower === 'alias') return matched(text, end, ALIAS, sink);
  if (lower === 'auth-pass') return /sentinel $/i.test(lineBefore(text, start, 9)) ? matched(text, end, NAMED_PASSWORD, sink) : end;
  if (lower === 'values') return maskInserted(text, start, end, sink);
  if (lower === 'connect') {
    const after = matched(text, end, DB2, sink);
    if (after > end) return after;
  }
  if (DATA_PUMP.has(lower)) return matched(text, end, SLASHED_OPEN, sink);
  if (ORACLE.has(lower)) return matched(text, end, SLASHED, sink, lower !== 'sqlplus');
  const token = word === 'login' ? commandTokenEnd(text, start, end + 1) : 0;
  if (token > 0) return sink.add(end + 1, token, 'secret:token');
  if (word === 'login') return maskLoginPair(text, start, end, sink) || matched(text, end, LOGIN_TOKEN, sink, true);
  if (word !== word.toUpperCase()) return end;
  const said = maskDialogue(text, start, end, sink);
  if (said > 0) return said;
  const first = wordAfter(text, text.charCodeAt(end) === 34 ? end + 1 : end);
  if (first === null) return end;
  if (word === 'IDENTIFY') return looksLikePassword(text.slice(first.start, first.end)) || (isLineEnd(text.charCodeAt(first.end)) && first.end - first.start >= 6 && /serv:? :?$/i.test(lineBefore(text, start, 12))) ? sink.add(first.start, first.end, KIND) : end;
  // IMAP's commands carry a tag (RFC 9051): `a1 LOGIN user password`.
  if (word === 'LOGIN' && !/(?:^|\s)[A-Za-z]{0,3}\d{1,6} $/.test(lineBefore(text, start, 12))) return end;
  const quote = text.charCodeAt(first.end);
  const second = wordAfter(text, quote === 34 || quote === 39 ? first.end + 1 : first.end);
  if (second === null || !isLetter(text.charCodeAt(first.start)) || isBlank(text.charCodeAt(second.start))) return end;
  if (MECHANISM.test(text.slice(first.start, first.end))) return end;
  return looksLikePassword(text.slice(second.start, second.end)) ? sink.add(second.start, second.end, KIND) : end;
};

/** `private-key <(echo X)`: bash's process substitution in place of a file that holds a key. */
const SUBSTITUTED = /[ ](?:-n )?"?([^\s"'()|]{16,256})(?="?\))/y;

/** `--password-command 'echo X'`: the command's output is the password. */
const COMMAND_FLAG = /pass(?:word|phrase)?[-_]?(?:command|cmd)[ =]\\*["']?$/i;
const ECHOED = / (?:-n )?\\*"?([^\s"'|;\\]{4,256})/y;
/** `echo user:password`, as a shell's trace shows it without the pipe that follows. */
const TRACED_PAIR = / (?:-n )?['"]?([\w.@-]{1,64}):([^\s"':/|]{6,128})['"]?(?=\s|$)/y;

/** Upper case, lower case and digits, or a sign that no name has. */
const isMixed = (value: string): boolean => looksLikePassword(value) && /[a-z]/i.test(value) && (/[^\w.-]/.test(value) || (/[A-Z]/.test(value) && /[a-z]/.test(value)));

const traced = (text: string, start: number, end: number, sink: SpanSink): number => {
  if (text.charCodeAt(start - 2) !== 43 && text.charCodeAt(start - 2) !== 36) return 0;
  TRACED_PAIR.lastIndex = end;
  const password = TRACED_PAIR.exec(text)?.[2];
  if (password === undefined || !isMixed(password)) return 0;
  const at = text.indexOf(`:${password}`, end) + 1;
  return sink.add(at, at + password.length, KIND);
};

const substituted = (text: string, start: number, end: number, sink: SpanSink): number => {
  const lead = text.charCodeAt(start - 1);
  if ((lead === 34 || lead === 39 || lead === 32 || lead === 61) && COMMAND_FLAG.test(lineBefore(text, start, 32))) return matched(text, end, ECHOED, sink);
  if (text.charCodeAt(start - 1) !== 40 || !/(?:key|psk|secret|token|pass(?:word|phrase)?|-file)[ =]<\($/i.test(lineBefore(text, start, 24))) return 0;
  const masked = matched(text, end, SUBSTITUTED, sink);
  return masked > end ? masked : 0;
};

const piped = (text: string, end: number, sink: SpanSink): number => {
  PIPED.lastIndex = end;
  const content = PIPED.exec(text)?.[1];
  if (content === undefined || isPlaceholder(content)) return end;
  const start = text.indexOf(content, end);
  const colon = content.indexOf(':');
  return sink.add(colon > 0 && /^[\w.-]+:/.test(content) ? start + colon + 1 : start, start + content.length, KIND);
};

const matched = (text: string, end: number, pattern: RegExp, sink: SpanSink, proof: boolean | ((value: string) => boolean) = false): number => {
  pattern.lastIndex = end;
  const content = pattern.exec(text)?.at(-1);
  return content === undefined || isPlaceholder(content) || (typeof proof === 'function' ? !proof(content) : proof && !looksLikePassword(content)) ? end : sink.add(pattern.lastIndex - content.length, pattern.lastIndex, KIND);
};

/** PostgreSQL's password file: `host:port:database:user:password`, the whole line. */
const PASSWORD_LINE = /:(?:\d{2,5}|\*):[\w.*-]{1,64}:[\w.@*-]{1,64}:([^\s:"']{4,128})(?=["']?\s*(?:[\r\n]|$))/y;

/** Handles the first colon of such a line at `at`; 0 where it is none. */
export const maskPasswordLine = (text: string, at: number, sink: SpanSink): number => {
  PASSWORD_LINE.lastIndex = at;
  const password = PASSWORD_LINE.exec(text)?.[1];
  if (password === undefined || isPlaceholder(password) || !(looksLikePassword(password) || text.slice(at, PASSWORD_LINE.lastIndex).includes(':*:')) || !/(?:^|[\s"'])[\w.*-]{1,100}$/.test(lineBefore(text, at, 101))) return 0;
  return sink.add(PASSWORD_LINE.lastIndex - password.length, PASSWORD_LINE.lastIndex, KIND);
};

/** Programs that read a password from their standard input. */
const READS_SECRET = /\b(?:chpasswd|smbpasswd|passwd|kinit|sudo|su|ssh-add|cryptsetup|gpg|openssl|--password-stdin|--passphrase-fd|vault login|gh auth login|secrets? (?:versions )?(?:add|put|set|create))\b[^<|;]{0,80}$/;
/** `read -r DB_PASSWORD`. */
const READ_INTO = /\bread(?: -\w+)* (\w{2,64}) $/;

/** `… <<< VALUE` (bash's here-strings); handles the first `<` at `at`. */
export const maskHereString = (text: string, at: number, sink: SpanSink): number => {
  const next = at + 3;
  const before = lineBefore(text, at, 160);
  const name = READ_INTO.exec(before)?.[1];
  if (!(name === undefined ? READS_SECRET.test(before) : ruleOfKey(name)?.kind.startsWith('secret:') === true)) return next;
  const value = valueAt(text, next);
  if (value === null || value.end - value.start < 4) return next;
  const content = text.slice(value.start, value.end);
  if (isPlaceholder(content)) return next;
  const user = before.includes('chpasswd') ? content.indexOf(':') + 1 : 0;
  return sink.add(value.start + user, value.end, KIND);
};

/** Redis: `ACL SETUSER name … >password`; handles the `>` at `at`. */
export const maskAccessRule = (text: string, at: number, sink: SpanSink): number => {
  const next = at + 1;
  if (isBlank(text.charCodeAt(next)) || !/setuser /i.test(lineBefore(text, at, 120))) return next;
  const value = valueAt(text, next);
  return value === null || value.end - value.start < 4 || isPlaceholder(text.slice(value.start, value.end)) ? next : sink.add(value.start, value.end, KIND);
};
