/** Programs whose password is an argument without a flag, told by its place: `rabbitmqctl add_user NAME PASSWORD`. */
import type { SpanSink } from './mask-span.ts';
import { isPlaceholder, looksLikePassword } from './value-shape.ts';

interface Form {
  /** What follows the program's name; the last group is the password. */
  readonly pattern: RegExp;
  /** Prose could have this form: only what looks like a password counts. */
  readonly proof: boolean;
}

const SECRET = String.raw`\\*["']?([^\s"'\\]{4,128})`;
const form = (head: string, proof = false, tail = ''): Form => ({ pattern: new RegExp(head + SECRET + tail, 'y'), proof });

/** Each from its manual page or its help. */
const FORMS: Readonly<Record<string, readonly Form[]>> = {
  // rabbitmqctl(8), also behind `-n NODE`.
  add_user: [form(String.raw` +(?!-)[\w.@-]{1,64} +(?!-)`, false, String.raw`(?=["']?(?: *$| *[\r\n]| +(?:-|&|\|)))`), form(String.raw` +(?!-)[\w.@-]{1,64} +(?!-)`, true)],
  // samba-tool(8).
  'samba-tool': [form(String.raw` user (?:create|add) +(?!-)\S{1,64} +(?!-)`)],
  // MinIO Client: `mc admin user add ALIAS NAME SECRET`.
  mc: [form(String.raw` admin (?:user add|user svcacct add|policy add) \S{1,64} \S{1,64} +(?!-)`)],
  // radtest(1): the user's password; the secret comes after host and port.
  radtest: [form(String.raw` +(?:-\w \S+ )*(?!-)\S{1,64} +`)],
  // snmpd.conf(5) and snmpd's persistent file.
  createuser: [form(String.raw` +(?:-e \S{1,40} )?(?!-)[\w.@-]{1,64} +(?:MD5|SHA(?:-?\d{3})?) +`)],
  com2sec: [form(String.raw`6? +(?:-Cn \S{1,40} )?[\w-]{1,40} +[\w./:-]{1,60} +`, false, String.raw`(?=["']?\s*(?:$|[\r\n]))`)],
  // Transact-SQL: `sp_addlogin 'user', 'password'`, `sp_password 'old', 'new', 'user'`.
  sp_addlogin: [{ pattern: / +(?:@\w+ ?= ?)?N?'[^'\r\n]{1,64}', ?(?:@\w+ ?= ?)?N?'([^'\r\n]{4,128})(?=')/y, proof: false }],
  sp_password: [{ pattern: / +(?:@\w+ ?= ?)?N?'([^'\r\n]{4,128})(?=')/y, proof: false }],
  // ZooKeeper: `addauth digest user:password`.
  addauth: [form(String.raw` digest [\w.@-]{1,64}:`)],
  // Drush.
  upwd: [form(String.raw` +(?!-)[\w.@-]{1,64} +(?!-)`, true), form(String.raw` +(?!-)[\w.@-]{1,64} +(?=["'])`)],
};

/** Second secrets of the same line. */
const NEXT: Readonly<Record<string, RegExp>> = {
  radtest: /["']? \S{1,120} \d{1,5} +["']?([^\s"']{4,128})/y,
  sp_password: /', ?(?:@\w+ ?= ?)?N?'([^'\r\n]{4,128})(?=')/y,
  createuser: /["']? +(?:AES|DES)(?:-?\d{3})? +["']?([^\s"']{8,128})/y,
};

/** Handles what follows the program's name that ends at `end`; returns where to go on, `end` where nothing was found. */
export const maskPositional = (text: string, end: number, word: string, sink: SpanSink): number => {
  for (const { pattern, proof } of FORMS[word] ?? []) {
    pattern.lastIndex = end;
    const secret = pattern.exec(text)?.[1];
    if (secret === undefined || isPlaceholder(secret) || (proof && !looksLikePassword(secret))) continue;
    const at = pattern.lastIndex - secret.length;
    const masked = sink.add(at, pattern.lastIndex, word === 'com2sec' ? 'secret:snmp-community' : 'secret:password');
    return second(text, masked, word, sink);
  }
  return end;
};

const second = (text: string, end: number, word: string, sink: SpanSink): number => {
  const pattern = NEXT[word];
  if (pattern === undefined) return end;
  pattern.lastIndex = end;
  const secret = pattern.exec(text)?.[1];
  return secret === undefined || isPlaceholder(secret) ? end : sink.add(pattern.lastIndex - secret.length, pattern.lastIndex, 'secret:password');
};
