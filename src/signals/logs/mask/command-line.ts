/** Secrets on command lines: `--password x`, `-storepass x`, `curl -u user:x`, `sshpass -p x`, `mysql -px`. */
import { acceptsValue } from './accept-value.ts';
import { isBlank, isLetter, isRun, lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { ruleOfKey } from './sensitive-keys.ts';
import { valueAt } from './value-extent.ts';
import { isPlaceholder } from './value-shape.ts';

/** Short flags that carry a password, with the programs where they do. */
const SHORT_FLAGS: Readonly<Record<string, RegExp>> = {
  p: /\b(?:sshpass|mysql\w*|mariadb\w*|docker|podman|nerdctl|helm|oc|az|mongo\w*|mqtt|ftp|lftp|plink|pscp|7z|expect|cqlsh|impala-shell|beeline|vsql|isql|psexec\w*|winexe|evil-winrm|crackmapexec|nxc|xfreerdp|kinit|ldapadd|curlftpfs|vncpasswd|duplicity|borg|mongodump|mongorestore|mongosh|clickhouse-client|security|certutil|altool|rabbitmqadmin|influx|keytool|smbmap|impacket-\w+)\b/,
  a: /\b(?:redis-cli|valkey-cli|keydb-cli)\b/,
  u: /\b(?:curl|http|https|xh|wget|ab|hey|nexus|smbclient|ldapsearch|lftp|aria2c|rclone)\b/,
  U: /\b(?:smbclient|rpcclient|net|wget)\b/,
  w: /\b(?:ldap\w+|ab)\b/,
  P: /\b(?:mosquitto_\w+|sqlcmd|bcp|zip|unzip|ipmitool|osql|isql|tsql|psexec)\b/,
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
  if (end - name === 1) return blank ? shortFlag(text, at, end, sink) : isAttachable(text, name) ? attachedFlag(text, at, sink) : end;
  if (!blank) return isAttachable(text, name) && name === at + 1 ? attachedFlag(text, at, sink) : listFlag(text, name, end, sink);
  if (name === at + 1 && isAttachable(text, name)) {
    const attached = attachedFlag(text, at, sink);
    if (attached > name) return attached;
  }
  return longFlag(text, name, end, sink);
};

/** `-p…`, and RAR's `-hp…`, take their value without a blank. */
const isAttachable = (text: string, name: number): boolean => text.charCodeAt(name) === 112 || (text.charCodeAt(name) === 104 && text.charCodeAt(name + 1) === 112);

/** Arguments as a list: `--password, x`, `"--password", "x"`. */
const NEXT_ARGUMENT = /\\*["']?, ?(?=\S)/y;

const longFlag = (text: string, name: number, end: number, sink: SpanSink, from = end): number => {
  const key = text.slice(name, end);
  if (key === 'user' || key === 'proxy-user') return userPair(text, end, sink);
  const rule = ruleOfKey(key);
  if (rule === null || !rule.kind.startsWith('secret:') || rule.accept === 'authorization' || rule.accept === 'cookie') return name;
  const value = valueAt(text, from);
  if (value === null || text.charCodeAt(value.start) === 45) return name;
  const content = text.slice(value.start, value.end);
  const context = { prose: false, query: false, followed: false, key: key.toLowerCase() };
  return acceptsValue(rule.accept, content, context) ? sink.add(value.start, value.end, rule.kind) : name;
};

const listFlag = (text: string, name: number, end: number, sink: SpanSink): number => {
  NEXT_ARGUMENT.lastIndex = end;
  return NEXT_ARGUMENT.test(text) ? longFlag(text, name, end, sink, NEXT_ARGUMENT.lastIndex) : name;
};

/** `user:password` after a flag. */
const userPair = (text: string, end: number, sink: SpanSink): number => {
  const value = valueAt(text, end);
  if (value === null) return end;
  const content = text.slice(value.start, value.end);
  const cut = content.search(/[:%]/);
  const password = content.slice(cut + 1);
  if (cut < 0 || password.length < 3 || /^\d{1,5}$/.test(password) || isPlaceholder(password)) return end;
  return sink.add(value.start + cut + 1, value.end, 'secret:password');
};

const commandBefore = (text: string, at: number): string => lineBefore(text, at, 160);

const shortFlag = (text: string, at: number, end: number, sink: SpanSink): number => {
  const flag = text.charAt(end - 1);
  const commands = SHORT_FLAGS[flag];
  if (commands === undefined || !commands.test(commandBefore(text, at))) return end;
  if (flag === 'b') return thirdArgument(text, end, sink);
  if (flag === 'u' || flag === 'U') return userPair(text, end, sink);
  const value = valueAt(text, end);
  if (value === null || value.end - value.start < 3 || text.charCodeAt(value.start) === 45) return end;
  const content = text.slice(value.start, value.end);
  return isPlaceholder(content) || /^\d{1,5}(?::\d+)?$/.test(content) ? end : sink.add(value.start, value.end, 'secret:password');
};

/** `htpasswd -b FILE USER PASSWORD`. */
const FILE_AND_USER = / +[^\s-]\S{0,200} +\S{1,64} +(?=\S)/y;

const thirdArgument = (text: string, end: number, sink: SpanSink): number => {
  FILE_AND_USER.lastIndex = end;
  const value = FILE_AND_USER.test(text) ? valueAt(text, FILE_AND_USER.lastIndex) : null;
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
