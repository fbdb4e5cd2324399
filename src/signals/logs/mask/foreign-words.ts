/** "Password" in running text of languages with letters beyond ASCII: `La contraseña es x`, `пароль x`. */
import { maskAfterWord } from './announced-words.ts';
import { isBlank, isLetter } from './characters.ts';
import type { SpanSink } from './mask-span.ts';

const MAX_CHARS = 32;
const PASSWORDS: ReadonlySet<string> = new Set(['contraseña', 'contrasenya', 'пароль', 'пароля', 'паролем', 'паролю', 'hasło', 'hasła', 'jelszó', 'jelszava', 'şifre', 'şifreniz', 'lösenord', 'lösenordet']);

/** Latin letters with marks, Greek and Cyrillic. */
const isForeignLetter = (code: number): boolean => code >= 0xc0 && code < 0x530;

/** Handles the word around the letter at `at`; returns where to go on. */
export const maskAfterForeign = (text: string, at: number, sink: SpanSink): number => {
  if (!isForeignLetter(text.charCodeAt(at))) return at + 1;
  let start = at;
  while (start > at - MAX_CHARS && isLetter(text.charCodeAt(start - 1))) start--;
  let end = at + 1;
  for (let code = text.charCodeAt(end); end < at + MAX_CHARS && (isForeignLetter(code) || isLetter(code)); code = text.charCodeAt(++end));
  if (end - start < 5 || !isBlank(text.charCodeAt(end)) || !PASSWORDS.has(text.slice(start, end).toLowerCase())) return end;
  return maskAfterWord(text, start, end, sink, 'passwort');
};
