/** The state of a walk along a line's header, shared by the readers of its elements. */
import type { LogLevel } from '../../../domain/severity.ts';
import type { Span, TimeSpan } from './parsed-line.ts';
import { skipBlanks } from './tokens.ts';

export interface Header {
  /** Where the message starts. */
  end: number;
  time: TimeSpan | null;
  level: LogLevel | null;
  /** The digit that gives the level, where one does. */
  discriminator: Span | null;
  /** The level stands first, in a spelling that prose uses too (`Error: …`). */
  weak: boolean;
  host: string | null;
  logger: string | null;
  /** A syslog tag: the program. */
  program: string | null;
  traceId: string | null;
}

/** How the level is dressed: names that a logger prints stand behind some dresses, and messages behind all. */
export type Dress = 'none' | 'word' | 'square' | 'angle' | 'letter';

const SEPARATOR = /(?:-{1,4}|[–—|:,;>*#~=!✓✔✗✖ℹ⚠]|<\d{1,3}>)(?=\s|$)/y;
/** They separate columns only where one more follows: messages begin with them as well. */
const BULLETS = new Set(['---', '----', '*', '#']);
const PIPE = 124;
/** Most columns begin with a letter or a digit: no separator does. */
const isWordish = (c: number): boolean => (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122);

export class Walk {
  readonly line: string;
  readonly header: Header = {
    end: 0, time: null, level: null, discriminator: null, weak: false, host: null, logger: null, program: null, traceId: null,
  };
  at: number;
  /** Where the separators before `at` begin that may be the message's; -1 where none may. */
  bullet = -1;
  columnsBefore = 0;
  done = false;
  /** A bracket before the time is still open: `[time LEVEL logger] message`. */
  open = false;
  /** Columns stand between `|` without blanks: what follows the last is the message. */
  tight = false;
  dress: Dress = 'none';
  /** A logger, module or source file was read where it stands bare. */
  named = false;
  /** The logger stands in brackets behind the level: no other follows. */
  boxed = false;
  /** Blanks fill up the last group: it is a column, and what stands behind it another. */
  filled = false;
  /** A group was read behind the level and the logger: what follows it in brackets is the message's. */
  grouped = false;
  /** Columns so far that blanks fill up. */
  padded = 0;
  /** Where the last sure element began. */
  lastStart = 0;
  /** What the line holds at all: most elements can be ruled out by a mark that it lacks. */
  readonly has: { readonly percent: boolean; readonly brace: boolean; readonly path: boolean; readonly bar: boolean };

  constructor(line: string, start: number) {
    this.line = line;
    this.at = start;
    this.header.end = start;
    this.has = { percent: line.includes('%'), brace: line.includes('}:'), path: line.includes('::'), bar: line.includes('|') };
  }

  /** The element before `at` was header. */
  firm(at: number): true {
    this.lastStart = this.header.end;
    this.at = at;
    this.bullet = -1;
    this.separators();
    this.header.end = this.bullet < 0 ? this.at : this.bullet;
    return true;
  }

  separators(): void {
    this.at = skipBlanks(this.line, this.at);
    for (let n = 0; n < 3; n++) {
      SEPARATOR.lastIndex = this.at;
      const c = this.line.charCodeAt(this.at);
      if (c === PIPE) this.at++;
      else if (isWordish(c)) return;
      else if (SEPARATOR.test(this.line)) {
        if (this.bullet < 0 && BULLETS.has(this.line.slice(this.at, SEPARATOR.lastIndex))) this.bullet = this.at;
        this.at = SEPARATOR.lastIndex;
      } else return;
      this.at = skipBlanks(this.line, this.at);
    }
  }

  match(pattern: RegExp, p: number): string | null {
    pattern.lastIndex = p;
    return pattern.exec(this.line)?.[0] ?? null;
  }

  /** The bracket that closes the one at `p`, at most `max` characters on; -1 where none does. */
  closing(p: number, max: number): number {
    const open = this.line.charCodeAt(p);
    const close = CLOSERS[open];
    if (close === undefined) return -1;
    const stop = Math.min(this.line.length, p + max);
    let depth = 0;
    for (let i = p; i < stop; i++) {
      const c = this.line.charCodeAt(i);
      if (c === open) depth++;
      else if (c === close && --depth === 0) return i;
    }
    return -1;
  }
}

/** `[`, `(`, `{` and `<` with what closes them. */
const CLOSERS: Readonly<Record<number, number>> = { 91: 93, 40: 41, 123: 125, 60: 62 };
