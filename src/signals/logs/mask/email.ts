/** E-mail addresses (RFC 5322 dot-atoms in practice), plain or with `%40`, and `user:password@host` without a scheme. */
import { isDigit, isLetter, isWord, lineBefore } from './characters.ts';
import { maskDisplayName } from './display-names.ts';
import type { SpanSink } from './mask-span.ts';
import { isPlaceholder, isUuid } from './value-shape.ts';

const MAX_LOCAL_CHARS = 64;
const DOMAIN = /(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.){1,8}[A-Za-z]{2,24}/y;
/** Domains in other scripts (RFC 6531); Hangul has four top-level domains, so particles glued to one stay. */
const FOREIGN_DOMAIN = /(?:[\p{L}\d](?:[\p{L}\d-]{0,62})\.){1,8}(?:한국|닷컴|닷넷|삼성|(?![가-힣])[\p{L}]{2,24})/uy;
/** Programs whose argument `user@host` is a login, not an address. */
const REMOTE = new Set(['ssh', 'scp', 'sftp', 'rsync', 'sshfs', 'autossh', 'mosh', 'ssh-copy-id']);

/** `ssh -p 22 user@host`: words before are options, their values and paths up to the program's name. */
const isRemoteLogin = (text: string, start: number): boolean => {
  const words = lineBefore(text, start, 160).split(/\s+/);
  for (let i = words.length - 2, plain = 0; i >= 0 && i > words.length - 16; i--) {
    const word = words[i] ?? '';
    if (REMOTE.has(word.replace(/^[^a-z]+/, ''))) return i === words.length - 2 || /^[-./~]|[./]|=/.test(words[i + 1] ?? '');
    plain = /^[-./~]|[./=]/.test(word) ? 0 : plain + 1;
    if (plain > 1) return false;
  }
  return false;
};

/** Last labels of names that look like an address and are none: systemd units, files, release names. */
const NO_TLD = /\.(?:service|socket|target|timer|mount|slice|scope|device|path|jar|war|class|java|js|ts|mjs|css|py|rb|go|so|dll|exe|json|yaml|yml|xml|txt|log|conf|png|jpg|svg|release|final|snapshot|ga)$/i;

/** `message-id: <…>`: who wrote it is not in it (RFC 5322, section 3.6.4). */
const MESSAGE_ID = /(?:message-?id|msg-?id|in-reply-to|references|content-id)\\?["']?[:=]?\s*\\?["']?<$/i;

/** A UUID before the at-sign names a message, not a mailbox. */
const isMessageId = (text: string, start: number, local: string): boolean => isUuid(local) || (text.charCodeAt(start - 1) === 60 && MESSAGE_ID.test(lineBefore(text, start, 24)));

const isLocal = (code: number): boolean => isWord(code) || code === 46 || code === 43 || code === 45 || code === 37 || code >= 0xc0;

/** A letter beyond ASCII ends what could be the first label of a domain. */
const isForeignLabel = (text: string, at: number): boolean => {
  let i = at;
  while (i < at + 63 && (isWord(text.charCodeAt(i)) || text.charCodeAt(i) === 45)) i++;
  return text.charCodeAt(i) >= 0xc0;
};

/** Handles the at-sign at `at`, `width` characters wide (1, or 3 for `%40`). */
export const maskEmail = (text: string, at: number, width: number, sink: SpanSink): number => {
  const next = at + width;
  if (text.startsWith('tcp(', next) || text.startsWith('unix(', next) || text.startsWith('//', next) || lineBefore(text, at, 160).includes(':thin:')) return driverPassword(text, at, sink);
  let pattern = text.charCodeAt(next) > 127 ? FOREIGN_DOMAIN : DOMAIN;
  pattern.lastIndex = next;
  if (!pattern.test(text)) {
    if (isDigit(text.charCodeAt(next)) && width === 1) return addressPassword(text, at, sink);
    // `bücher.example`: the first letter does not say which script follows.
    if (pattern === FOREIGN_DOMAIN || !isForeignLabel(text, next)) return next;
    pattern = FOREIGN_DOMAIN;
    pattern.lastIndex = next;
    if (!pattern.test(text)) return next;
  }
  const end = pattern.lastIndex;
  const after = text.charCodeAt(end);
  if (isDigit(after) || after === 95 || after === 64) return next;
  const domain = text.slice(next, end);
  let start = at;
  while (start > sink.lastEnd && at - start < MAX_LOCAL_CHARS && isLocal(text.charCodeAt(start - 1)) && !text.startsWith('--', start - 1)) start--;
  while (start < at && !isWord(text.charCodeAt(start)) && text.charCodeAt(start) < 128) start++;
  if (start === at && text.charCodeAt(at - 1) === 34) start = quotedLocal(text, at, sink);
  if (start === at || NO_TLD.test(domain) || /^\d+(?:\.\d+)*\.[A-Za-z]+$/.test(domain)) return next;
  const local = text.slice(start, at);
  if (isMessageId(text, start, local)) return end;
  const colon = text.charCodeAt(start - 1) === 58;
  if ((local === 'git' && after === 58) || isRemoteLogin(text, start)) return next;
  if (colon && isLetter(text.charCodeAt(start - 2)) && !/(?:mailto|e-?mail|user|to|from|cc|bcc|login|account|recipient|sender|contact|address|owner|author|name|id):$/i.test(lineBefore(text, start, 12))) {
    // user:password@host:port
    if (after === 58 && isDigit(text.charCodeAt(end + 1)) && !isPlaceholder(local)) return sink.add(start, at, 'secret:url-password');
    return /^[A-Za-z0-9._-]+:/.test(lineBefore(text, start, 2)) && !isPlaceholder(local) ? sink.add(start, end, 'pii:email') : end;
  }
  maskDisplayName(text, start, sink);
  return sink.add(start, end, 'pii:email');
};

/** `"john smith"@example.com` (RFC 5321): where the local part begins, `at` where it is none. */
const quotedLocal = (text: string, at: number, sink: SpanSink): number => {
  const before = lineBefore(text, at - 1, MAX_LOCAL_CHARS);
  const opening = before.lastIndexOf('"');
  const start = at - 1 - before.length + opening;
  return opening < 0 || start < sink.lastEnd || /[=:,{}]/.test(before.slice(opening)) ? at : start;
};

/** `user:password@10.0.0.4`, also behind a domain: `CORP/user:…`. */
const ADDRESS = /\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/y;
/** Not a URI's scheme: `sip:kim@10.0.0.4`. */
const USER_BEFORE = /(?:^|[\s"'=/\\])(?!(?:sips?|tel|xmpp|im|pres|mailto|acct|user|from|to|contact|ssh|host|client|peer|uri|url|addr|id):)[A-Za-z][\w.-]{0,63}:([^\s"':@/]{4,128})$/;

const addressPassword = (text: string, at: number, sink: SpanSink): number => {
  ADDRESS.lastIndex = at + 1;
  const password = ADDRESS.test(text) ? USER_BEFORE.exec(lineBefore(text, at, 200))?.[1] : undefined;
  return password === undefined || isPlaceholder(password) || /^\d+$/.test(password) || at - password.length < sink.lastEnd ? at + 1 : sink.add(at - password.length, at, 'secret:url-password');
};

const DRIVER = /(?:^|[\s"'=:(,])([\w.-]{1,64})[:/]([^\s"':@/]{1,128})$/;

/** Go's `user:password@tcp(host)` and Oracle's `thin:user/password@//host`. */
const driverPassword = (text: string, at: number, sink: SpanSink): number => {
  const match = DRIVER.exec(lineBefore(text, at, 200));
  const password = match?.[2];
  if (password === undefined || isPlaceholder(password)) return at + 1;
  return sink.add(at - password.length, at, 'secret:url-password');
};
