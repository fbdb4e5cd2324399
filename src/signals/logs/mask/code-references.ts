/** Code where a value would stand: `password = var.db_password`, `secret: decrypt(row)`. */
import { ruleOfKey } from './sensitive-keys.ts';

const PATH = /^[A-Za-z_]\w{0,63}(?:\??\.[A-Za-z_]\w{0,63}){1,8}$/;
/** Variables, parameters and settings of programming and configuration languages. */
const ROOT = /^(?:var|local|self|this|data|module|each|process|config|cfg|conf|settings|options|opts|props|params|args|env|request|req|ctx|context|state|input|inputs|values|vars|secrets|steps|parameters)\./i;
const CALL = /^[A-Za-z_][A-Za-z_.]{2,64}\([\w.,"' -]{0,64}$/;

/** True for a path of names one of which is a key itself or the name of settings: it says where the value is, not what. */
const isPath = (value: string): boolean => PATH.test(value) && (ROOT.test(value) || value.endsWith('.empty') || value.split(/\??\./).some((name) => /^[a-z_]+$|[a-z][A-Z]/i.test(name) && ruleOfKey(name) !== null));

/** `jsonencode({`, `merge([`: a call that goes on. */
const OPEN_CALL = /^[A-Za-z_][\w.]{1,64}\([{[(]?$/;

/** `BasicCredentials{secretKey=`, `Secret(name=`: an object with members of its own. */
const OBJECT = /^[A-Za-z_$][\w.$]{1,64}[{([]\\*["']?[A-Za-z_][\w.-]{0,40}\\*["']?(?:[=:]|$)/;

/** Reserved words that begin an expression (ECMAScript, Python, Go, Java, Rust): no credential is one, and a blank follows them. */
const EXPRESSION = /^(?:await|async|new|yield|typeof|lambda|func|function|fn|struct|throw|return|match|switch|select|delete|void|unsafe|move|raise|class|enum|interface|if|try)$/;
/** `func(x int) error`, `lambda: x`, `async(x) =>`: the same with their parameters. */
const EXPRESSION_CALL = /^(?:async|function|func|fn|lambda|fun|sub|struct|typeof|class|await)(?:[({:]|\*?\()/;

/** True where the bare value [start, end) is a reference or a call. */
export const isCode = (text: string, start: number, end: number): boolean => {
  const first = text.charCodeAt(start) | 32;
  if ((first < 97 || first > 122) && first !== 127) return false;
  const value = text.slice(start, Math.min(end, start + 160));
  if (EXPRESSION_CALL.test(value) || ((text.charCodeAt(end) === 32 || text.startsWith(': ', end)) && EXPRESSION.test(value))) return true;
  return isPath(value) || OBJECT.test(value + text.slice(end, end + 2)) || (text.charCodeAt(end) === 41 && CALL.test(value) && !/\d{3}/.test(value)) || (CALL.test(value) && text.charCodeAt(end) === 34) || OPEN_CALL.test(value);
};

/** A type whose name ends as the key does, in words that begin with capitals: `secret: FakeSecret`, `apiKey: SigningKey`. */
const TYPE = /^(?:[A-Z][a-z]+){1,5}(Secret|Token|Key|Credentials?|Jwt)s?(?:\[\]|\?)?$/;

/** True where `value` after the colon of `key` is that key's type: machines make secrets, and none in words. */
export const isTypeOfKey = (key: string, value: string): boolean => {
  const last = TYPE.exec(value)?.[1]?.toLowerCase();
  return last !== undefined && key.toLowerCase().replace(/s$/, '').endsWith(last.replace(/s$/, ''));
};

/** A function's head before the arrow that its result's type follows: `def load_secret(self)`, `fn secret(&self)`. */
const FUNCTION_HEAD = /\b(?:def|fn|fun|func|function|sub|async)\s+[\w.]{1,80}(?:<[^<>]{0,40}>)?\([^()]{0,200}\)\s*$/;

/** True where the arrow at `at` stands behind a function's head. */
export const isResultArrow = (before: string): boolean => /\)\s*$/.test(before) && FUNCTION_HEAD.test(before);
