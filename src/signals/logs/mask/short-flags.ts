/** Flags of one letter that carry a password: `-p x` after `-u kim`, `curl -u user:x`, `mysql -px`, `htpasswd -nb user x`. */
import { isBlank, lineBefore } from './characters.ts';
import { isChosen } from './credential-pairs.ts';
import type { SpanSink } from './mask-span.ts';
import { ruleOfKey } from './sensitive-keys.ts';
import { valueAt } from './value-extent.ts';
import { isPlaceholder, isRandom, looksLikePassword } from './value-shape.ts';

/** Short flags that carry a password, with the programs where they do. */
export const SHORT_FLAGS: Readonly<Record<string, RegExp>> = {
  p: /\b(?:sshpass|mysql\w*|mariadb\w*|(?:docker|podman|nerdctl|buildah|skopeo|crane|regctl|oras|helm|oc|az|cf|ibmcloud|faas-cli|argocd|tkn|wsk)\b.{0,40}\blogin|az|mongo\w*|mqtt|ftp|lftp|plink|pscp|7z|expect|cqlsh|impala-shell|beeline|vsql|isql|psexec\w*|winexe|evil-winrm|crackmapexec|nxc|xfreerdp|kinit|ldapadd|curlftpfs|vncpasswd|duplicity|borg|mongodump|mongorestore|mongosh|clickhouse-client|security|certutil|altool|rabbitmqadmin|influx|useradd|usermod|adduser|keytool|smbmap|veracrypt|impacket-\w+)\b/,
  a: /\b(?:redis-cli|valkey-cli|keydb-cli|httpie|http|https|xh)\b/,
  u: /\b(?:curl|http|https|xh|wget|ab|hey|nexus|smbclient|ldapsearch|lftp|aria2c|rclone)\b/,
  U: /\b(?:smbclient|rpcclient|net|wget|winexe|wmic|pth-\w+)\b/,
  w: /\b(?:ldap\w+|ab|kadmin|security add-\w+-password)\b/,
  P: /\b(?:mosquitto_\w+|sqlcmd|bcp|security|ssh-keygen|zip|unzip|ipmitool|osql|isql|tsql|psexec)\b/,
  k: /\b(?:openssl|aescrypt|set-key-partition-list|nuget)\b/,
  c: /\bsnmp\w+\b/,
  A: /\b(?:snmp\w+|ab)\b/,
  X: /\bsnmp\w+\b/,
  N: /\bssh-keygen\b/,
  K: /\bopenssl\b/,
  b: /\b(?:htpasswd|mosquitto_passwd)\b/,
};
const ATTACHED: Readonly<Record<string, RegExp>> = {
  p: /\b(?:mysql\w*|mariadb\w*|sshpass|7z[ar]?|unrar|rar)\b/,
  P: /\b(?:sqlcmd|bcp|osql)\b/,
  u: /\bcurl\b/,
};

/** `user:password` after a flag. */
export const userPair = (text: string, from: number, sink: SpanSink, end = from, separators = /[:%]/): number => {
  const value = valueAt(text, from);
  if (value === null) return end;
  const content = text.slice(value.start, value.end);
  const cut = content.search(separators);
  const password = content.slice(cut + 1);
  if (cut < 0 || password.length < 3 || /^\d{1,5}$/.test(password) || isPlaceholder(password)) return end;
  return sink.add(value.start + cut + 1, value.end, 'secret:password');
};

export const commandBefore = (text: string, at: number): string => lineBefore(text, at, 160);

/** `-u NAME`, `--username NAME`: a `-p` after it is that user's password, if it looks like one. */
const AFTER_USER = /(?:^|\s)(?:-[uUl]|--?user(?:name)?)[ =,'"]+[\w.@\\-]{1,64}['",]*\s.*$/;

/** What any program takes a key or a token by, if it was drawn at random beyond doubt. */
const RANDOM_FLAGS: ReadonlySet<string> = new Set(['k', 'p', 'P']);

/** `-u system/x`: a user and a password as Oracle's and SAP's programs take them; no branch, no path. */
const SLASHED = / \\*["']?[A-Za-z][\w$-]{0,32}\/([^\s"'@/]{6,128})(?=["'\s]|$)/y;

const slashedUser = (text: string, end: number, sink: SpanSink): number => {
  SLASHED.lastIndex = end;
  const password = SLASHED.exec(text)?.[1];
  return password !== undefined && /[!#$%^&*?~]/.test(password) && looksLikePassword(password) ? sink.add(SLASHED.lastIndex - password.length, SLASHED.lastIndex, 'secret:password') : end;
};

export const shortFlag = (text: string, at: number, end: number, sink: SpanSink, from = end): number => {
  const flag = text.charAt(end - 1);
  if (flag === 'u' && from === end) {
    const slashed = slashedUser(text, end, sink);
    if (slashed > end) return slashed;
  }
  const commands = SHORT_FLAGS[flag];
  if (commands === undefined) return end;
  const before = commandBefore(text, at);
  const known = commands.test(before);
  const paired = !known && flag === 'p' && AFTER_USER.test(before);
  if (!known && !paired && !RANDOM_FLAGS.has(flag)) return end;
  if (known && flag === 'b') return fileUserPassword(text, end, false, sink);
  if (known && (flag === 'u' || flag === 'U' || (flag === 'a' && !before.includes('-cli')) || (flag === 'A' && !before.includes('snmp')))) return userPair(text, from, sink, end, /\blftp\b/.test(before) ? /[:,]/ : /[:%]/);
  const value = valueAt(text, from);
  if (value === null || value.end - value.start < 3 || text.charCodeAt(value.start) === 45) return end;
  const content = text.slice(value.start, value.end);
  if (!known && !(paired && isChosen(content)) && !isRandom(content)) return end;
  return isPlaceholder(content) || /^(?:\d{1,5}|[\d.:[\]-]+:[\d.:-]+(?:\/\w+)?)$/.test(content) ? end : sink.add(value.start, value.end, 'secret:password');
};

/** `htpasswd -b FILE USER PASSWORD`, `htpasswd -nb USER PASSWORD` (Apache HTTP Server, htpasswd). */
export const HTPASSWD = /\b(?:htpasswd|mosquitto_passwd)\b/;
const FILE_AND_USER = / +(?:-[A-Za-z]+ +)*[^\s-]\S{0,200} +\S{1,64} +(?=\S)/y;
const USER = / +(?:-[A-Za-z]+ +)*[^\s-]\S{0,63} +(?=\S)/y;

export const fileUserPassword = (text: string, end: number, printed: boolean, sink: SpanSink): number => {
  const pattern = printed ? USER : FILE_AND_USER;
  pattern.lastIndex = end;
  const value = pattern.test(text) ? valueAt(text, pattern.lastIndex) : null;
  if (value === null || value.end - value.start < 4 || isPlaceholder(text.slice(value.start, value.end))) return end;
  return sink.add(value.start, value.end, 'secret:password');
};

export const attachedFlag = (text: string, at: number, sink: SpanSink): number => {
  const name = at + 1;
  const flag = text.charAt(name) === 'h' ? 'p' : text.charAt(name);
  if (ATTACHED[flag]?.test(commandBefore(text, at)) !== true) return name;
  const after = name + (text.charCodeAt(name) === 104 ? 2 : 1);
  if (flag === 'u') return userPair(text, after, sink, name);
  const value = valueAt(text, after);
  if (value === null) return name;
  const { start, end } = value;
  const content = text.slice(start, end);
  if (value.spaced || content.length < 4 || isPlaceholder(content) || isBlank(text.charCodeAt(start)) || ruleOfKey(text.slice(name, end)) !== null || /^[a-z]+(?:=|$)/.test(content)) return name;
  return sink.add(start, end, 'secret:password');
};
