/** Secrets on command lines: `--password x`, `-storepass x`, `curl -u user:x`, `sshpass -p x`, `mysql -px`. */
import { acceptsValue } from './accept-value.ts';
import { isBlank, isLetter, isRun, lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { ruleOfKey } from './sensitive-keys.ts';
import { valueAt } from './value-extent.ts';
import { isPlaceholder } from './value-shape.ts';

/** Short flags that carry a password, with the programs where they do. */
const SHORT_FLAGS: Readonly<Record<string, RegExp>> = {
  p: /\b(?:sshpass|mysql\w*|mariadb\w*|(?:docker|podman|nerdctl|buildah|skopeo|crane|regctl|oras|helm|oc|az|cf|ibmcloud|faas-cli|argocd|tkn|wsk)\b.{0,40}\blogin|az|mongo\w*|mqtt|ftp|lftp|plink|pscp|7z|expect|cqlsh|impala-shell|beeline|vsql|isql|psexec\w*|winexe|evil-winrm|crackmapexec|nxc|xfreerdp|kinit|ldapadd|curlftpfs|vncpasswd|duplicity|borg|mongodump|mongorestore|mongosh|clickhouse-client|security|certutil|altool|rabbitmqadmin|influx|keytool|smbmap|impacket-\w+)\b/,
  a: /\b(?:redis-cli|valkey-cli|keydb-cli)\b/,
  u: /\b(?:curl|http|https|xh|wget|ab|hey|nexus|smbclient|ldapsearch|lftp|aria2c|rclone)\b/,
  U: /\b(?:smbclient|rpcclient|net|wget)\b/,
  w: /\b(?:ldap\w+|ab)\b/,
  P: /\b(?:mosquitto_\w+|sqlcmd|bcp|security|zip|unzip|ipmitool|osql|isql|tsql|psexec)\b/,
  k: /\b(?:openssl|aescrypt)\b/,
  c: /\bsnmp\w+\b/,
  A: /\bsnmp\w+\b/,
  X: /\bsnmp\w+\b/,
  b: /\bhtpasswd\b/,
};
const ATTACHED = /\b(?:mysql\w*|mariadb\w*|sshpass|7z[ar]?|unrar|rar)\b/;

/** Handles a hyphen at `at` that begins a flag; returns where to go on. */
export const maskFlag = (text: string, at: number, sink: SpanSink): number => {
  let name = at + 1;
  if (text.charCodeAt(name) === 45) name++;
  if (!isLetter(text.charCodeAt(name))) return name;
  let end = name;
  while (end < name + 40 && isRun(text.charCodeAt(end))) end++;
  const blank = text.charCodeAt(end) === 32;
  if (end - name === 1) return singleLetter(text, at, { name, end, blank }, sink);
  if (blank && end - name <= 4 && name === at + 1 && /^[a-zA-Z]*b/.test(text.slice(name, end)) && HTPASSWD.test(commandBefore(text, at))) return fileUserPassword(text, end, text.slice(name, end).includes('n'), sink);
  if (!blank) return isAttachable(text, name) && name === at + 1 ? attachedFlag(text, at, sink) : listFlag(text, name, end, sink);
  if (name === at + 1 && isAttachable(text, name)) {
    const attached = attachedFlag(text, at, sink);
    if (attached > name) return attached;
  }
  return longFlag(text, name, end, sink);
};

interface Flag {
  readonly name: number;
  readonly end: number;
  /** A blank follows, not the next quote of a list. */
  readonly blank: boolean;
}

const singleLetter = (text: string, at: number, { name, end, blank }: Flag, sink: SpanSink): number => {
  if (blank) return shortFlag(text, at, end, sink);
  NEXT_ARGUMENT.lastIndex = end;
  if (SHORT_FLAGS[text.charAt(name)] !== undefined && NEXT_ARGUMENT.test(text)) return shortFlag(text, at, end, sink, NEXT_ARGUMENT.lastIndex);
  return isAttachable(text, name) ? attachedFlag(text, at, sink) : end;
};

/** `-p…`, and RAR's `-hp…`, take their value without a blank. */
const isAttachable = (text: string, name: number): boolean => text.charCodeAt(name) === 112 || (text.charCodeAt(name) === 104 && text.charCodeAt(name + 1) === 112);

/** Arguments as a list: `--password, x`, `"--password", "x"`, `"--password" "x"`. */
const NEXT_ARGUMENT = /\\*(?:["']?, ?|["'] )(?=\S)/y;

const longFlag = (text: string, name: number, end: number, sink: SpanSink, from = end): number => {
  const key = text.slice(name, end);
  if (key === 'user' || key === 'proxy-user' || key === 'userpwd') return userPair(text, from, sink);
  const rule = ruleOfKey(key);
  if (rule === null || !rule.kind.startsWith('secret:') || rule.accept === 'authorization' || rule.accept === 'cookie') return name;
  const value = valueAt(text, from);
  if (value === null || text.charCodeAt(value.start) === 45) return name;
  // OpenSSL's and apksigner's `pass:x`.
  const start = text.startsWith('pass:', value.start) ? value.start + 5 : value.start;
  const content = text.slice(start, value.end);
  const context = { prose: false, query: false, followed: false, key: key.toLowerCase() };
  return acceptsValue(rule.accept, content, context) ? sink.add(start, value.end, rule.kind) : name;
};

const listFlag = (text: string, name: number, end: number, sink: SpanSink): number => {
  NEXT_ARGUMENT.lastIndex = end;
  return NEXT_ARGUMENT.test(text) ? longFlag(text, name, end, sink, NEXT_ARGUMENT.lastIndex) : name;
};

/** `user:password` after a flag. */
const userPair = (text: string, from: number, sink: SpanSink, end = from): number => {
  const value = valueAt(text, from);
  if (value === null) return end;
  const content = text.slice(value.start, value.end);
  const cut = content.search(/[:%]/);
  const password = content.slice(cut + 1);
  if (cut < 0 || password.length < 3 || /^\d{1,5}$/.test(password) || isPlaceholder(password)) return end;
  return sink.add(value.start + cut + 1, value.end, 'secret:password');
};

const commandBefore = (text: string, at: number): string => lineBefore(text, at, 160);

const shortFlag = (text: string, at: number, end: number, sink: SpanSink, from = end): number => {
  const flag = text.charAt(end - 1);
  const commands = SHORT_FLAGS[flag];
  if (commands === undefined || !commands.test(commandBefore(text, at))) return end;
  if (flag === 'b') return fileUserPassword(text, end, false, sink);
  if (flag === 'u' || flag === 'U') return userPair(text, from, sink, end);
  const value = valueAt(text, from);
  if (value === null || value.end - value.start < 3 || text.charCodeAt(value.start) === 45) return end;
  const content = text.slice(value.start, value.end);
  return isPlaceholder(content) || /^(?:\d{1,5}|[\d.:[\]-]+:[\d.:-]+(?:\/\w+)?)$/.test(content) ? end : sink.add(value.start, value.end, 'secret:password');
};

/** `htpasswd -b FILE USER PASSWORD`, `htpasswd -nb USER PASSWORD` (Apache HTTP Server, htpasswd). */
const HTPASSWD = /\bhtpasswd\b/;
const FILE_AND_USER = / +(?:-[A-Za-z]+ +)*[^\s-]\S{0,200} +\S{1,64} +(?=\S)/y;
const USER = / +(?:-[A-Za-z]+ +)*[^\s-]\S{0,63} +(?=\S)/y;

const fileUserPassword = (text: string, end: number, printed: boolean, sink: SpanSink): number => {
  const pattern = printed ? USER : FILE_AND_USER;
  pattern.lastIndex = end;
  const value = pattern.test(text) ? valueAt(text, pattern.lastIndex) : null;
  if (value === null || value.end - value.start < 4 || isPlaceholder(text.slice(value.start, value.end))) return end;
  return sink.add(value.start, value.end, 'secret:password');
};

const attachedFlag = (text: string, at: number, sink: SpanSink): number => {
  const name = at + 1;
  if (!ATTACHED.test(commandBefore(text, at))) return name;
  const after = name + (text.charCodeAt(name) === 104 ? 2 : 1);
  const value = valueAt(text, after);
  if (value === null) return name;
  const { start, end } = value;
  const content = text.slice(start, end);
  if (value.spaced || content.length < 4 || isPlaceholder(content) || isBlank(text.charCodeAt(start)) || ruleOfKey(text.slice(name, end)) !== null || /^[a-z]+(?:=|$)/.test(content)) return name;
  return sink.add(start, end, 'secret:password');
};
