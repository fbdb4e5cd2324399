/** `login attempt [root/x]`, `Login OK: [kim/x]`: a user and the password that was tried, as honeypots and RADIUS servers log them. */
import { lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { isPlaceholder } from './value-shape.ts';

const SAID = /\blog-?in\b[\w ():,'-]{0,80}?:? ?$/i;
const PAIR = /\[b?['"]?([^\s/'"\]]{1,64})['"]?\/b?['"]?([^\s'"\]<]{3,128})['"]?\]/y;
/** Cheap test: `t [`, `: [`, `n [`, `g [`: attempt, OK:, login. */
export const maySayLogin = (text: string, at: number): boolean => {
  const before = text.charCodeAt(at - 2);
  return text.charCodeAt(at - 1) === 32 && (before === 58 || before === 116 || before === 110 || before === 41);
};

/** Handles `[` at `at`; the end of what was masked, or 0. */
export const maskLoginAttempt = (text: string, at: number, sink: SpanSink): number => {
  PAIR.lastIndex = at;
  const match = PAIR.exec(text);
  const password = match?.[2];
  if (match === null || password === undefined || isPlaceholder(password) || /^\d{1,3}$/.test(password) || !SAID.test(lineBefore(text, at, 100))) return 0;
  const start = at + match[0].lastIndexOf(password);
  return sink.add(start, start + password.length, 'secret:password');
};
