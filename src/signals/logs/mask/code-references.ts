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

/** True where the bare value [start, end) is a reference or a call. */
export const isCode = (text: string, start: number, end: number): boolean => {
  const first = text.charCodeAt(start) | 32;
  if ((first < 97 || first > 122) && first !== 127) return false;
  const value = text.slice(start, Math.min(end, start + 160));
  return isPath(value) || OBJECT.test(value + text.slice(end, end + 2)) || (text.charCodeAt(end) === 41 && CALL.test(value) && !/\d{3}/.test(value)) || (CALL.test(value) && text.charCodeAt(end) === 34) || OPEN_CALL.test(value);
};
