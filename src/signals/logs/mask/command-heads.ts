/** UUIDs that a shell's command takes as its token: `scanner auth UUID`, `./uploader -t UUID`. */
import { lineBefore } from './characters.ts';

/** A CI system's time, a prompt or a shell's trace, then the program, perhaps behind one that starts it. */
const HEAD = String.raw`^(?:\[?\d{4}-\d\d-\d\d[T ][\d:.,]+Z?\]? )?(?:(?:\[[^\]\r\n]{1,80}\] ?)?\S{0,64}[$#>+] ?|run: ?)?(?:(?:npx|sudo|exec|time|bunx|pnpm|yarn) )?(?:[.\w/-]*/)?[a-z][\w-]{1,30}`;
const PROGRAM = new RegExp(`${HEAD} $`);
const PROGRAM_OR_VERB = new RegExp(`${HEAD}(?: (?:upload\\S{0,24}|publish|push|deploy|report|send|submit|scan|do_upload|create-report))? $`);
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?=["']?\s*(?:$|[\r\n]|[ ]-{1,2}[a-zA-Z]| *(?:[|;&>])))/iy;
const REACH_CHARS = 160;

const endOfUuid = (text: string, at: number): number => {
  UUID.lastIndex = at;
  return UUID.test(text) ? UUID.lastIndex : 0;
};

/** Where the UUID at `at` ends that is the argument of `auth` or `login`, a word that begins at `start`; 0 where it is none. */
export const commandTokenEnd = (text: string, start: number, at: number): number => {
  const end = endOfUuid(text, at);
  return end > 0 && PROGRAM.test(lineBefore(text, start, REACH_CHARS)) ? end : 0;
};

/** The same for the flag `-t` whose hyphen is at `flag`: a program's first argument, as of those that log in nowhere. */
export const flagTokenEnd = (text: string, flag: number, at: number): number => {
  const end = endOfUuid(text, at);
  return end > 0 && PROGRAM_OR_VERB.test(lineBefore(text, flag, REACH_CHARS)) ? end : 0;
};
