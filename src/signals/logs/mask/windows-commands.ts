/** Passwords on command lines of Windows, by their place or behind a switch (Microsoft, Windows commands; Sysinternals). */
import { isWord } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { isPlaceholder, looksLikePassword } from './value-shape.ts';

const SECRET = String.raw`(?:\\*")?((?!\/|\*|\\)[^\s"']{4,128})`;
/** A blank, the line's end, or that of the string that holds the command. */
const END = String.raw`(?=\\*"?(?:[ ,}]|$|[\r\n]))`;
const BEFORE = String.raw`[^\r\n|&]{0,160}?`;

interface Form {
  /** What follows the program's name; the group is the password. */
  readonly pattern: RegExp;
  /** Prose could have this form, or another argument this place. */
  readonly proof: 'none' | 'password';
}

const form = (source: string, proof: Form['proof'] = 'none'): Form => ({ pattern: new RegExp(source, 'iy'), proof });

/** `/u NAME /p PASSWORD` of programs that reach for another machine. */
const REMOTE = [form(` ${BEFORE}/u \\S{1,64} ${BEFORE}/p ${SECRET}`)];
const SHARE = String.raw`\\{2,8}[^\s\\]\S{0,120}`;

const FORMS: Readonly<Record<string, readonly Form[]>> = {
  net: [
    form(String.raw` use (?:[a-z]:|\*)? ?"?${SHARE} ${SECRET}${END}`),
    // The user's switch stands before or behind the share, the password behind both.
    form(String.raw` use (?=[^\r\n]{0,200}\/user:)(?:(?:\/[a-z]+:\S{1,80}|[a-z]:|\*|"?${SHARE}) ){1,6}${SECRET}(?="?(?: *$| *[\r\n,}]| +[/&|]))`),
    form(String.raw` use [^\r\n]{1,160}? \/user:\S{1,64} ${SECRET}${END}`, 'password'),
    form(String.raw` user [^\s/]\S{0,63} ${SECRET}(?="? +\/[a-z])`),
    form(String.raw` user [^\s/]\S{0,63} ${SECRET}(?="? *(?:\/|$|[\r\n,}]))`, 'password'),
  ],
  schtasks: [form(` ${BEFORE}/rp[ :]${SECRET}`), ...REMOTE],
  reg: [form(String.raw`(?: \S{1,120}){1,8}? \/v "?\w{0,32}(?:password|passwd|pwd|secret|token)"?(?: \/t \w{1,20})? \/d "?([^\s"]{3,128})`)],
  signtool: [form(String.raw`(?: \S{1,120}){1,16}? \/p "?([^\s"/]{3,128})`)],
  sc: [form(` (?:${SHARE} )?(?:config|create) ${BEFORE}password=[ ]?${SECRET}`)],
  winrs: [form(` ${BEFORE}[-/]p(?:assword)?:${SECRET}`)],
  netdom: [form(` ${BEFORE}/p(?:assword)?[do]:${SECRET}`)],
  bitsadmin: [form(String.raw` ${BEFORE}\/setcredentials \S{1,80} (?:server|proxy) (?:basic|digest|ntlm|negotiate|passport) \S{1,80} ${SECRET}`)],
  logman: [form(` ${BEFORE}-u \\S{1,64} ${SECRET}`, 'password')],
  // dtexec's package password (Microsoft, dtexec Utility).
  dtexec: [form(` ${BEFORE}/de(?:crypt)?[ :]${SECRET}`)],
  dtutil: [form(` ${BEFORE}/(?:de|dec|decrypt|destp|sourcep)(?:crypt)?[ ;:]${SECRET}`)],
  psexec: [form(` ${BEFORE}-u \\S{1,64} ${BEFORE}-p ${SECRET}`)],
  psexec64: [form(` ${BEFORE}-u \\S{1,64} ${BEFORE}-p ${SECRET}`)],
  ...Object.fromEntries(['tasklist', 'taskkill', 'shutdown', 'systeminfo'].map((name) => [name, REMOTE])),
};

/** The programs; `exe` ends the name of each. */
export const WINDOWS_PROGRAMS: readonly string[] = [...Object.keys(FORMS), 'exe'];

/** Cheap test for `exe`: it ends a program's name, and what follows could be an argument. Most logs name programs otherwise. */
export const endsProgram = (text: string, start: number, end: number): boolean => text.charCodeAt(start - 1) === 46 && (text.charCodeAt(end + 1) !== 45 || text.charCodeAt(end + 2) !== 32);

/** `net1`, the program that `net` runs and that audits name. */
export const isNetAlias = (text: string, start: number, end: number): boolean => text.charCodeAt(end - 1) === 49 && end - start <= 4 && text.startsWith('net1', end - 4) && !isWord(text.charCodeAt(end - 5));

const programBefore = (text: string, dot: number): string => {
  let from = dot;
  while (from > 0 && dot - from < 13 && isWord(text.charCodeAt(from - 1))) from--;
  return text.slice(from, dot).toLowerCase();
};

/** Handles what follows the program's name [start, end); `end` where nothing was found. */
export const maskWindows = (text: string, start: number, end: number, word: string, sink: SpanSink): number => {
  const name = word === 'exe' ? programBefore(text, start - 1) : word;
  for (const { pattern, proof } of FORMS[name === 'net1' ? 'net' : name] ?? []) {
    pattern.lastIndex = end;
    const secret = pattern.exec(text)?.[1];
    if (secret === undefined || isPlaceholder(secret) || (proof === 'password' && !looksLikePassword(secret))) continue;
    return sink.add(pattern.lastIndex - secret.length, pattern.lastIndex, 'secret:password');
  }
  return end;
};
