/** Whether a word where a sentence or a command has its password is one: a phrase, odd capitals, or any word that says nothing about a password. */
import { classChanges, isPlaceholder, looksLikePassword } from './value-shape.ts';

/** What is said of passwords, besides the placeholders and words with the endings of adjectives, participles and nouns of quality. */
const SAID = new Set(
  (
    'weak strong short long wrong right same similar simple common unsafe secure insecure blank stale unique good bad new old fresh ready safe shown plain case mandatory public private needed correct incorrect mismatch check checks change changes reset policy prompt ' +
    'history length strength quality hash format file field form page link mail email hint rules rule already always never still before after within behind below above there here only just also now soon again longer shorter weaker stronger different identical ' +
    'attempt attempts days hours minutes months characters chars digits words letters unable pending stored expires expiry visible empty intact legacy manual random system managed internal external local remote database account service server client dialog request ' +
    'update updates lookup input output cache store vault sync complete okay fine current previous next latest first last which because unless until while when what that this these those your their please contact does did will would could should might been being'
  ).split(' '),
);
const SAID_ENDING = /(?:ed|ing|ive|ent|ant|able|ible|ory|ary|ally|ful|less|ous|ical|tion|sion|ment|ness|ity|ance|ence|ure|ate|ized|ised)$/;
const COMPOUND_SAID = /(?:^|-)(?:of|to|in|is|the|end|not|up|out|by|and|or|per|non|self|pre|re|one|two|time|case|user|auto|system|out|never|ever|policy|rule|safe|less|free|only|based|ready|specific|managed|defined|protected|sensitive|hashed|encrypted)(?:-|$)/;

/** Three words or more, as phrases are that people choose: `copper-lake-owl`, not `out-of-date`. */
export const isPhrase = (value: string): boolean => /^[a-z]{3,}(?:-[a-z]{3,}){2,}$/i.test(value) && value.length >= 11 && !COMPOUND_SAID.test(value.toLowerCase());

/** Capitals where no word has them: `QvRtLwz`, not `GitHub`, `OAuth`. */
export const isOddlyCased = (value: string): boolean => value.length >= 7 && /^[!-~]+$/.test(value) && classChanges(value) >= 4 && /[a-z]/.test(value) && /[A-Z]/.test(value) && !/^[A-Z]{0,3}[a-z]*(?:[-_./:]?[A-Z][a-z]{2,}|[-_./:][a-z]+)*$/.test(value) && !/^[A-Z][a-zA-Z]*::|[()=]|^[A-Z][a-z]+(?:[A-Z][a-z]+)?-[A-Z][A-Za-z]+$/.test(value);

/** A word that says nothing of a password, so may be one. */
export const isMereWord = (value: string): boolean => /^[A-Za-z]{7,40}$/.test(value) && !SAID.has(value.toLowerCase()) && !SAID_ENDING.test(value.toLowerCase());

/** Letters that a sign stands between: `Mango.Fig`, `a&bc!d`; no name of a file or an address. */
const isSigned = (value: string): boolean => value.length >= 7 && /[A-Za-z]/.test(value) && (/[!@#$%^&*?+~]/.test(value) ? !/^[\w.+-]+@[\w.-]+$/.test(value) && /[!#$%^&*?+~@][A-Za-z0-9]/.test(value) : /^[A-Z][a-z]{2,}[.][A-Z][a-z]{2,}$/.test(value));

/** A password by its form alone; no plain word is. */
export const isSpokenPassword = (value: string): boolean => !isPlaceholder(value) && /^[!-~]+$/.test(value) && !/^[\w.-]{1,32}[=(]|^(?:~?\/|[A-Za-z]:\\)|:\/\//.test(value) && (isPhrase(value) || isOddlyCased(value) || isSigned(value) || (looksLikePassword(value) && !/^\w+[-.:/]/.test(value)) || /^[A-Za-z]{5,}\d{2,}$/.test(value));
