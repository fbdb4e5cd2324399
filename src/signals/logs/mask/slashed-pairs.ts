/** `user/password@service`, Oracle's connect string and that of databases that follow it (SQL*Plus User's Guide, CONNECT), wherever it stands. */
import { lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { isSpokenPassword } from './spoken-values.ts';
import { isPlaceholder } from './value-shape.ts';

const PAIR = /(?:^|[\s=("'[,:])([A-Za-z][\w.$#-]{0,63})\/\\*("?)([^\s"'@/\\<>]{3,128})\\*\2$/;
/** A service, `host:port/service`, `//host/service`, not a version. */
const SERVICE = /@(?:\/\/|\()?(?!v?\d+(?:\.\d+)*(?:[\s"',;)-]|$))[A-Za-z\d][\w.:/-]{1,120}/y;
/** What takes such a string: a key for it, or a program for SQL before it. */
const TAKES = /(?:\b(?:userid|connect|connection|target|catalog|auxiliary|logon|login|dsn|conn)[ =:]+["']?|(?:^|[\s/\\])\w*sql\w*(?:\.exe)? (?:[^|;\r\n]{0,80} )?)$/i;
/** Services of Kerberos, files and packages have the same form. */
const NO_PASSWORD = /^[\w-]+(?:\.[\w-]+)+$|^[a-z]+(?:-[a-z]+)*$/;

/** Handles the at-sign at `at`; the end of what was masked, or 0. */
export const maskSlashedPair = (text: string, at: number, sink: SpanSink): number => {
  const before = lineBefore(text, at, 200);
  const match = PAIR.exec(before);
  const password = match?.[3];
  if (match === null || password === undefined || isPlaceholder(password)) return 0;
  SERVICE.lastIndex = at;
  if (!SERVICE.test(text)) return 0;
  const lead = before.slice(0, match.index + 1);
  const own = /[!#$%^&*+~?]/.test(password) && /\d/.test(password) && isSpokenPassword(password);
  if (!own && !(TAKES.test(lead) && (isSpokenPassword(password) || !NO_PASSWORD.test(password) || /(?:userid|target|catalog)[ =]+["']?$/i.test(lead)))) return 0;
  const end = at - (match[2] === '' ? 0 : 1);
  return sink.add(end - password.length, end, 'secret:password');
};

/** Cheap test: a slash within a password's reach before the at-sign, in the same word. */
export const maySlash = (text: string, at: number): boolean => {
  const limit = Math.max(0, at - 66);
  for (let i = at - 1; i >= limit; i--) {
    const code = text.charCodeAt(i);
    if (code === 47) return text.charCodeAt(i - 1) !== 47;
    if (code <= 32) return false;
  }
  return false;
};
