/** Lines that never begin an event: frames, causes, and what stands indented below a message. */

/** Looked at without leading white space. */
const FOLLOWERS: readonly RegExp[] = [
  // Java, Kotlin, Scala
  /^(?:Caused by: |Suppressed: |\.\.\. \d+ (?:more|common frames omitted)|Wrapped by: |\[CIRCULAR REFERENCE)/,
  // Frames whose indentation a collector cut off
  /^(?:File "[^"]{1,300}", line \d+|at [\w$.<>/]+\()/,
  // Python
  /^(?:Traceback \(most recent call last\):|During handling of the above exception, |The above exception was the direct cause )/,
  // Go
  /^(?:goroutine \d+ \[|created by [\w./]+|exit status \d+$|\[signal SIG|\[recovered\]|main\.main\(|runtime\.[a-z]\w*\()/,
  // .NET
  /^(?:--- End of (?:inner exception )?stack trace|---> )/,
  // Rust
  /^(?:stack backtrace:$|note: run with `RUST_BACKTRACE)/,
  // PHP
  /^(?:Stack trace:$|#\d+ \S.*\(\d+\): |#\d+ \{main\}|\s*thrown in \S+ on line \d+)/,
];
/** Go prints a frame as a call, then its place indented. */
const GO_CALL = /^[\w./*()[\]-]{1,200}\.[\w().*[\]{}-]{1,200}\((?:0x[0-9a-f]+|\{|\.\.\.|[\w, .?{}]{0,200})\)?.{0,200}\)$/;
const CLOSING = /^[\s)\]};,]{1,40}$/;
/** An indented line of these is no record of its own. */
const MAX_LOOK = 400;

const FOLLOWER_START = new Set('CSTWD.[egmrcn-s#tFa');

/** True where a line without a header surely belongs to the event before it. */
export const isContinuation = (line: string): boolean => {
  const c = line.charCodeAt(0);
  if (c === 32 || c === 9) return true;
  if (c === 41 || c === 93 || c === 125) return CLOSING.test(line.slice(0, 41));
  const head = line.length > MAX_LOOK ? line.slice(0, MAX_LOOK) : line;
  if (FOLLOWER_START.has(line.charAt(0)) && FOLLOWERS.some((pattern) => pattern.test(head))) return true;
  return head.endsWith(')') && head.includes('/') && GO_CALL.test(head);
};

/** `\t/srv/cart.go:42 +0x1d`, `    ^^^^`. */
const PLACE = /^(?:\S*[/\\]\S*:\d|[\^~]+$)/;

/** True where a continuation is one for its blanks alone, and no part of a trace. */
export const isIndentedText = (line: string): boolean => {
  const c = line.charCodeAt(0);
  if (c !== 32 && c !== 9) return false;
  const text = line.slice(0, MAX_LOOK).trimStart();
  return !PLACE.test(text) && !isContinuation(text);
};

const HEADING = /^(?:Exception in thread "|(?:[A-Za-z_$][\w$]*\.){0,12}[A-Z][\w$]*(?:Exception|Error|Throwable|Failure)(?:: |:?$))/;

/** True where a line reads like the first of a stack trace: `a.b.SomeException: message`. */
export const isExceptionHeading = (line: string): boolean => HEADING.test(line.length > MAX_LOOK ? line.slice(0, MAX_LOOK) : line);
