/**
 * Stack traces read: the chain of types, the innermost message, the frames. For Java and its kin, Python, Node, Go,
 * .NET and Ruby. Frames lose their line numbers, so that a trace is the same after an unrelated edit.
 */
import { isOwnFrame, type FrameLanguage } from './own-code.ts';

export interface StackFrame {
  /** `com.acme.Foo.bar`, `app/views.py:checkout`, `main.handle`. */
  readonly text: string;
  /** False for frames of runtimes, frameworks and libraries. */
  readonly own: boolean;
}

export interface ParsedException {
  /** Outermost first. Empty where only frames were printed. */
  readonly types: readonly string[];
  /** Of the innermost cause, first line. */
  readonly message: string;
  /** The innermost cause's first, nearest to the throw first. */
  readonly frames: readonly StackFrame[];
}

/** A line with a frame of Java and its kin that was read before. */
export interface KnownFrame {
  /** Where the line's text begins. */
  readonly indent: number;
  readonly frame: StackFrame;
}

/** Stands in a text as a line of its own, for a frame that is known. */
export const FRAME_MARK = '\u0001at';

const MAX_LINES = 2000;
const MAX_FRAMES = 200;
const MAX_TYPES = 20;
const MAX_LINE = 600;
const MAX_MESSAGE = 1000;

/** One exception of a chain. */
interface Link {
  readonly type: string;
  readonly message: string;
  readonly frames: StackFrame[];
  /** Read from the end of a log line. */
  readonly isTrailing?: boolean;
}

const frame = (language: FrameLanguage, text: string, place: string): StackFrame => ({ text, own: isOwnFrame(language, text, place) });

/** Links outermost first, made one exception. */
const chained = (links: readonly Link[]): ParsedException | null => {
  if (links.length === 0) return null;
  const inwards = links.toReversed();
  return {
    types: links.map((link) => link.type).filter((type) => type !== '').slice(0, MAX_TYPES),
    message: (inwards.find((link) => link.message !== '')?.message ?? '').slice(0, MAX_MESSAGE),
    frames: inwards.flatMap((link) => link.frames).slice(0, MAX_FRAMES),
  };
};

const TYPE = String.raw`((?:[A-Za-z_$][\w$]*[.:]{1,2}){1,12}[A-Za-z_$][\w$\x60]*|[A-Z][\w$]*(?:Exception|Error|Throwable|Failure|Timeout|Abort|Interrupt)|Error)`;
/** `Type: message` alone on its line, after what Java and Node put before it. */
const HEADING = new RegExp(String.raw`^(?:Exception in thread "[^"]{0,200}" |Uncaught |Unhandled exception\. |\[cause\]: |Caused by: |Wrapped by: )?${TYPE}(?: \[\w+\]| \(\w+\))?(?:: (.*)|\s*\{?)$`);
/** The same behind a log line's header. */
const TRAILING = /(?:^|[\s:(])((?:[A-Za-z_$][\w$]*\.){0,12}[A-Z][\w$]*(?:Exception|Error|Throwable|Failure))(?:: (.*))?$/;
const MAX_FRAME = 500;
const JAVA_FRAME = /^(?:[\w.@-]{1,120}\/{1,2})*((?:[\w$<>-]+\.)+[\w$<>-]+)\(([^()]{0,200})\)/;
const GENERATED = /\$\$(?:Spring|Enhancer|FastClass|Lambda|EnhancerBy)[\w$]*(?:\/0x[\da-f]+|\/\d+)?|\$\d+(?=[.$]|$)|\$Proxy\d+/g;
const NODE_PLACE = /\(?((?:file:\/\/)?[^()\s]{0,300}?):\d+(?::\d+)?\)?$/;
const DOTNET_FRAME = /^([\w.`<>[\],+$|]{1,300})\((?:[^()]{0,300})\)(?: in (.{1,300}):line \d+)?$/;

/** The last two parts of a path name a file well enough on any machine. */
const shortPath = (path: string): string => path.split(/[\\/]/).slice(-2).join('/');

const MAX_KNOWN_FRAMES = 8_192;
const knownFrames = new Map<string, StackFrame>();

/** The same places come in trace after trace: what stands before the parenthesis, and the file without its line, tell. */
const frameAt = (text: string): StackFrame => {
  const colon = text.lastIndexOf(':');
  const key = text.slice(0, Math.max(0, colon));
  const known = knownFrames.get(key);
  if (known !== undefined) return known;
  const read = readFrame(text);
  const open = text.indexOf('(');
  if (open <= 0 || colon < open || !text.endsWith(')') || text.includes(' ')) return read;
  if (knownFrames.size >= MAX_KNOWN_FRAMES) knownFrames.clear();
  knownFrames.set(key, read);
  return read;
};

/** Where the text of a line begins. */
const indentOf = (line: string): number => {
  let at = 0;
  while (at < line.length && (line.charCodeAt(at) <= 32 || line.charCodeAt(at) === 160)) at++;
  return at;
};

/** The frame in `at <frame>` from `indent` on; null for any other line. By hand: most lines of a trace come by here. */
const atFrame = (line: string, indent: number): StackFrame | null => {
  if (!line.startsWith('at ', indent)) return null;
  const from = line.startsWith('async ', indent + 3) ? indent + 9 : line.startsWith('new ', indent + 3) ? indent + 7 : indent + 3;
  return line.length === from || line.length - from > MAX_FRAME ? null : frameAt(line.slice(from));
};

const readFrame = (text: string): StackFrame => {
  const java = JAVA_FRAME.exec(text);
  if (java !== null && !/:\d+:\d+/.test(java[2] ?? '')) {
    const dotnet = / in |^[^:]*\s|^$/.test(java[2] ?? '') || / in .+:line \d+$/.test(text);
    const name = (java[1] ?? '').replace(GENERATED, '');
    return dotnet ? frame('dotnet', name, text) : frame('java', name, text);
  }
  const dotnet = DOTNET_FRAME.exec(text);
  if (dotnet !== null) return frame('dotnet', dotnet[1] ?? '', text);
  const place = NODE_PLACE.exec(text)?.[1] ?? '';
  const name = text.replace(/\s*\(.*$/, '');
  const file = shortPath(place);
  return frame('node', name === text || name === '' ? file : `${file}:${name}`, text);
};

/** The frame of a line of Java and its kin (`at …`); null for any other line. */
export const frameOf = (line: string): StackFrame | null => atFrame(line, indentOf(line));

/** A line number behind the last colon, or none. */
const SAME_BUT_FOR_LINE = /^[^\d]{1,500}(?::(?:line )?\d{1,6}\)?)?$/;

/** The same, where it holds for every line that differs from this one in digits only. */
export const knownFrameOf = (line: string): KnownFrame | null => {
  const found = SAME_BUT_FOR_LINE.test(line) ? frameOf(line) : null;
  return found === null ? null : { indent: indentOf(line), frame: found };
};

/** Java, Kotlin, Scala, Node and .NET print one frame a line after `at`. */
const parseAtFrames = (lines: readonly (string | KnownFrame)[]): ParsedException | null => {
  const links: Link[] = [];
  const open = (type: string, message: string, isTrailing = false): void => void links.push({ type, message: message.trim(), frames: [], isTrailing });
  let suppressed = -1;
  let inward = -1;
  for (const one of lines) {
    const known = typeof one === 'string' ? null : one;
    const line = typeof one === 'string' ? one : '';
    const indent = known?.indent ?? indentOf(line);
    if (suppressed >= 0 && indent > suppressed) continue;
    suppressed = line.startsWith('Suppressed: ', indent) ? indent : -1;
    if (suppressed >= 0) continue;
    const at = known?.frame ?? atFrame(line, indent);
    if (at !== null) {
      links.at(inward)?.frames.push(at);
      continue;
    }
    const text = line.trim();
    // .NET: an inner exception's frames come first, then this mark, then those of the one around it.
    if (text.startsWith('--- End of inner exception')) {
      inward = Math.max(inward - 1, -links.length);
      continue;
    }
    const heading = HEADING.exec(text.replace(/^(?:---> )/, ''));
    // What a log line's text ends in is told better by the trace behind it.
    if (heading !== null && links.length === 1 && links[0]?.isTrailing === true && links[0].frames.length === 0) links.pop();
    const starts = heading !== null && (links.length === 0 || (links.at(-1)?.frames.length ?? 0) > 0 || text.startsWith('---> '));
    if (starts && (links.length === 0 || /^(?:Caused by|Wrapped by|---> |\[cause\])/.test(text))) {
      open(heading[1] ?? '', heading[2] ?? '');
    } else if (links.length === 0) {
      const trailing = TRAILING.exec(text);
      if (trailing !== null) open(trailing[1] ?? '', trailing[2] ?? '', true);
    }
  }
  return links.some((link) => link.frames.length > 0) ? chained(links) : null;
};

const PYTHON_FRAME = /^\s+File "([^"]{1,400})", line \d+(?:, in (.{1,200}))?$/;
const PYTHON_HEADING = /^([A-Za-z_][\w.]{0,200})(?:: (.*))?$/;
const PYTHON_START = 'Traceback (most recent call last):';

/** Causes are printed first, and of a stack the place of the throw last. */
const parsePython = (lines: readonly string[]): ParsedException | null => {
  const links: Link[] = [];
  let frames: StackFrame[] | null = null;
  for (const line of lines) {
    if (line.includes(PYTHON_START)) {
      frames = [];
      continue;
    }
    if (frames === null) continue;
    const place = PYTHON_FRAME.exec(line);
    if (place !== null) {
      frames.push(frame('python', `${shortPath(place[1] ?? '')}:${place[2] ?? ''}`, place[1] ?? ''));
      continue;
    }
    if (/^\s/.test(line) || line === '') continue;
    const heading = PYTHON_HEADING.exec(line);
    if (heading === null) continue;
    links.push({ type: heading[1] ?? '', message: heading[2] ?? '', frames: frames.toReversed() });
    frames = null;
  }
  if (links.length === 0 && frames !== null && frames.length > 0) links.push({ type: '', message: '', frames: frames.toReversed() });
  return chained(links.toReversed());
};

const GO_PANIC = /(?:^|\s)(panic|fatal error): (.*)$/;
const GO_PLACE = /^\s+(\/?[^\s:]{1,400}\.go):\d+/;

/** A function, and below it, indented, its place. */
const parseGo = (lines: readonly string[]): ParsedException | null => {
  let type = '';
  let message = '';
  const frames: StackFrame[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const panic = type === '' ? GO_PANIC.exec(line) : null;
    if (panic !== null) {
      type = panic[1] ?? '';
      message = (panic[2] ?? '').replace(/^runtime error: /, '').trim();
    }
    // The first goroutine is the one that failed.
    if (frames.length > 0 && line.startsWith('goroutine ')) break;
    const place = GO_PLACE.exec(lines[i + 1] ?? '');
    if (place === null) continue;
    const name = line.trim().replace(/^created by /, '').replace(/ in goroutine \d+$/, '').replace(/\([^()]*\)?$/, '');
    if (name !== '' && !GO_PLACE.test(line)) frames.push(frame('go', name, place[1] ?? ''));
  }
  return frames.length === 0 ? null : chained([{ type, message, frames }]);
};

const RUBY_HEADING = /^(?:\s*from )?([^\s:]{1,300}):\d+:in [`']([^']{1,200})'(?:: (.*) \(([A-Z][\w:]*)\))?/;

const parseRuby = (lines: readonly string[]): ParsedException | null => {
  const links: Link[] = [];
  for (const line of lines) {
    const match = RUBY_HEADING.exec(line);
    if (match === null) continue;
    if (match[4] !== undefined) links.push({ type: match[4], message: match[3] ?? '', frames: [] });
    else if (links.length === 0) links.push({ type: '', message: '', frames: [] });
    links.at(-1)?.frames.push(frame('ruby', `${shortPath(match[1] ?? '')}:${match[2] ?? ''}`, match[1] ?? ''));
  }
  return chained(links);
};

const withFrames = (lines: readonly string[], frames: readonly KnownFrame[]): readonly (string | KnownFrame)[] => {
  let next = 0;
  return lines.map((line) => (line === FRAME_MARK ? (frames[next++] ?? line) : line));
};

/**
 * The exception in a text of several lines; null where there is none. Linear, bounded, never throws.
 *
 * @param frames that {@link FRAME_MARK} stands for, in order
 */
export const parseException = (text: string, frames: readonly KnownFrame[] = []): ParsedException | null => {
  const lines = text.split('\n', MAX_LINES).map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line).slice(0, MAX_LINE));
  if (text.includes(PYTHON_START)) return parsePython(lines) ?? null;
  if (frames.length > 0 || /^\s*at \S/m.test(text)) return parseAtFrames(withFrames(lines, frames));
  if (/\.go:\d/.test(text)) return parseGo(lines);
  return /:\d+:in [`']/.test(text) ? parseRuby(lines) : null;
};
