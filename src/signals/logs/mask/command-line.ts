/** Secrets on command lines: `--password x`, `-storepass x`, `curl -u user:x`, `sshpass -p x`, `mysql -px`. */
import { acceptsValue, NO_CONTEXT } from './accept-value.ts';
import { isLetter, isRun, lineBefore } from './characters.ts';
import { flagTokenEnd } from './command-heads.ts';
import type { SpanSink } from './mask-span.ts';
import { maskValue } from './mask-value.ts';
import { ruleOfKey, type KeyRule } from './sensitive-keys.ts';
import { attachedFlag, commandBefore, fileUserPassword, HTPASSWD, SHORT_FLAGS, shortFlag, userPair } from './short-flags.ts';
import { valueAt } from './value-extent.ts';
import { isPlaceholder, isRandom } from './value-shape.ts';

const SECRET_VALUE: KeyRule = { kind: 'secret:secret', accept: 'any' };
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
  const token = blank && text.charCodeAt(name) === 116 ? flagTokenEnd(text, at, end + 1) : 0;
  if (token > 0) return sink.add(end + 1, token, 'secret:token');
  if (blank) return shortFlag(text, at, end, sink);
  NEXT_ARGUMENT.lastIndex = end;
  if (SHORT_FLAGS[text.charAt(name)] !== undefined && NEXT_ARGUMENT.test(text)) return shortFlag(text, at, end, sink, NEXT_ARGUMENT.lastIndex);
  return isAttachable(text, name) ? attachedFlag(text, at, sink) : end;
};

/** `-p…`, `-P…`, curl's `-u…` and RAR's `-hp…` take their value without a blank. */
const isAttachable = (text: string, name: number): boolean => {
  const first = text.charCodeAt(name);
  return first === 112 || first === 80 || first === 117 || (first === 104 && text.charCodeAt(name + 1) === 112);
};

/** Arguments as a list: `--password, x`, `"--password", "x"`, `"--password" "x"`. */
const NEXT_ARGUMENT = /\\*(?:["']?, ?|["'] )(?=\S)/y;

/** `--password-from-env NAME`, `--token-from-file PATH`: where the value is, not what. */
const PLACE = /-from-(?:env|file|stdin|fd|path|cmd|command)/;

/** `--auth TOKEN`. */
const randomValue = (text: string, from: number, sink: SpanSink): number => {
  const value = valueAt(text, from);
  return value !== null && isRandom(text.slice(value.start, value.end)) ? sink.add(value.start, value.end, 'secret:token') : 0;
};

/** `config set --secret NAME VALUE`. */
const SETS_NAMED = /\bset --$/;
const NAME_AND_VALUE = /[ ]+[\w.:-]{1,80}[ ]+(?=[^\s-])/y;

const namedSecret = (text: string, from: number, sink: SpanSink): number => {
  NAME_AND_VALUE.lastIndex = from;
  const value = NAME_AND_VALUE.test(text) ? valueAt(text, NAME_AND_VALUE.lastIndex) : null;
  return value === null || isPlaceholder(text.slice(value.start, value.end)) ? 0 : sink.add(value.start, value.end, 'secret:secret');
};

const longFlag = (text: string, name: number, end: number, sink: SpanSink, from = end): number => {
  const key = text.slice(name, end);
  if (key === 'user' || key === 'proxy-user' || key === 'userpwd' || key === 'auth') return userPair(text, from, sink, 0) || randomValue(text, from, sink) || end;
  const rule = key === 'value' || key === 'body' ? namedByFlags(text, name) : ruleOfKey(key);
  if (key === 'secret' && SETS_NAMED.test(lineBefore(text, name, 24))) return namedSecret(text, from, sink) || name;
  if (rule === null || rule.accept === 'authorization' || rule.accept === 'cookie' || PLACE.test(key)) return name;
  const value = valueAt(text, from);
  if (value === null || text.charCodeAt(value.start) === 45) return name;
  // OpenSSL's and apksigner's `pass:x`.
  const start = text.startsWith('pass:', value.start) ? value.start + 5 : value.start;
  const context = { ...NO_CONTEXT, key: key.toLowerCase() };
  if (!rule.kind.startsWith('secret:')) return maskValue(text, rule, value, { context, sink, next: name });
  return acceptsValue(rule.accept, text.slice(start, value.end), context) ? sink.add(start, value.end, rule.kind) : name;
};

/** `put-parameter --name /prod/db_password … --value x`, `gh secret set NAME --body x`. */
const NAMED_BY_FLAG = /(?:--name|-n|set|create|put)[ =]["']?(?:[\w.-]*\/)*([\w.-]{2,64})["']?(?= )/g;
const SECRET_COMMAND = /\bsecrets? (?:set|create|put|add|update|versions add)\b|\bSecureString\b/;

const namedByFlags = (text: string, at: number): KeyRule | null => {
  const before = lineBefore(text, at, 200);
  if (SECRET_COMMAND.test(before)) return SECRET_VALUE;
  for (const [, name = ''] of before.matchAll(NAMED_BY_FLAG)) {
    const rule = ruleOfKey(name);
    if (rule !== null) return rule;
  }
  return null;
};

const listFlag = (text: string, name: number, end: number, sink: SpanSink): number => {
  NEXT_ARGUMENT.lastIndex = end;
  return NEXT_ARGUMENT.test(text) ? longFlag(text, name, end, sink, NEXT_ARGUMENT.lastIndex) : name;
};
