/** Values whose name stands elsewhere in their record: `AdminPw(value=x)`, `Setting(name=db_password, value=x)`, `{"value":"x","name":"db_password"}`, tags and objects around. */
import { lineBefore } from './characters.ts';
import { ruleOfKey, type KeyRule } from './sensitive-keys.ts';
import { valueAt } from './value-extent.ts';

/** `{"name":"DB_PASSWORD","value":"…"}`: the name stands shortly before the key `value`. */
const NAMED = /(?:^|[^A-Za-z])[A-Za-z]{0,16}(?:name|key|field|header|param)\\*["']?\s*[:=]\s*\\*["']?(?:[\w.-]{0,40}\/){0,6}([\w.-]{2,64})\\*["']?[,;\s]*(?:\\*["']?type\\*["']?\s*[:=]\s*\\*["']?\w{1,24}\\*["']?[,;\s]*)?\\*["']?$/i;
/** `"db_password": {"sensitive": true, "value": "…"}`: the name is the key of the object around. */
const AROUND = /([\w.-]{2,64})\\*["']?\s*[:=]\s*\{[^{}]*$/;
/** The same with the name behind: `value=x, name=db_password`. */
const NAMED_AFTER = /^\\*["']?[,;]\s*\\*["']?[A-Za-z]{0,16}(?:name|key)\\*["']?\s*[:=]\s*\\*["']?([\w.-]{2,64})(?=\\*["']|[\s,;)\]}]|$)/i;
/**
 * The type of a record before its bracket, as languages print records, data classes and structures: `AdminPw(value=`,
 * `ApiToken { value:`, `DbPassword[source=env, value=`, `#<ApiToken value=`.
 */
const RECORD = /(?:^|[^\w.])([A-Z]\w{1,63})(?:\s?[({[]\s?|:? )(?:[A-Za-z]\w{0,31}\s?[=:]\s?[^(){}[\]=\r\n]{0,64}[,; ]\s?){0,4}(?:[A-Z]\w{0,31} )?\\*["']?$/;
/** A token of a parser tells what it is, and where. */
const PARSED = /\b(?:type|kind|tag|pos|offset|line|col|column|start|span|loc)\w*\s?[=:]/i;

/** `<password encrypted="false" value="…">`, `<input name="csrf_token" type="hidden" value="…">`, `<input value="…" name="csrf_token">`. */
const OPEN_TAG = /<([\w.-]{2,64})(\s[^<>]*)?$/;
const NAME_ATTRIBUTE = /\s(?:name|key|id)=\\*["']([\w.-]{2,64})\\*["']/;
const ATTRIBUTES_AFTER = /^=\\*(["'])[^"'<>]{1,512}\1([^<>]{0,160})/;

/** `…\\Winlogon\\DefaultPassword  Data: x`: a value of the registry by its path (Windows Security Auditing, Sysmon event 13). */
const REGISTRY = /\\([\w.-]{2,64})\\*["']?[,;\s]+\\*["']?$/;

interface Key {
  readonly start: number;
  readonly end: number;
}

const taggedName = (text: string, key: Key, before: string): string | undefined => {
  const tag = OPEN_TAG.exec(before);
  if (tag === null) return undefined;
  const after = ATTRIBUTES_AFTER.exec(text.slice(key.end, key.end + 700))?.[2] ?? '';
  return NAME_ATTRIBUTE.exec(tag[2] ?? '')?.[1] ?? NAME_ATTRIBUTE.exec(after)?.[1] ?? tag[1];
};

/** A secret's type: a word for it in capitals and lower case, not one of a parser's tokens. */
const recordRule = (before: string): KeyRule | null => {
  const match = RECORD.exec(before);
  const name = match?.[1];
  const rule = name === undefined ? null : ruleOfKey(name);
  if (match === null || rule === null || !rule.kind.startsWith('secret:') || rule.accept === 'authorization' || rule.accept === 'cookie') return null;
  if (match[0].endsWith(' ') && !/[({[<]/.test(before.slice(match.index))) return null;
  return PARSED.test(match[0]) ? null : rule;
};

const nameAfter = (text: string, from: number): string | undefined => {
  const value = valueAt(text, from);
  return value === null ? undefined : NAMED_AFTER.exec(text.slice(value.end, value.end + 120).split(/[\r\n]/, 1).join(''))?.[1];
};

/** The rule for a key that means nothing alone, `value` or the like, whose value begins at `from` or after it. */
export const namedRule = (text: string, key: Key, from: number): KeyRule | null => {
  const name = text.slice(key.start, key.end);
  const before = lineBefore(text, key.start, 160);
  if (name === 'v1' || name === 'v0') return /signature/i.test(before) ? ruleOfKey('signature') : null;
  if (name === 'Data' || name === 'Details') {
    const path = REGISTRY.exec(before.slice(-80))?.[1];
    return path === undefined ? null : ruleOfKey(path);
  }
  const found = NAMED.exec(before)?.[1] ?? AROUND.exec(before)?.[1] ?? taggedName(text, key, before);
  const rule = found === undefined ? null : ruleOfKey(found);
  if (rule !== null) return rule;
  const other = recordRule(before);
  if (other !== null) return other;
  const behind = found === undefined ? nameAfter(text, from) : undefined;
  return behind === undefined ? null : ruleOfKey(behind);
};
