/** The place in the source code that many layouts print with each line: `OrderService#42`, `(OrderService.java:42)`, `handler.go:17`. */

export interface CodeLocation {
  /** File or class without the line number, which moves from release to release. */
  readonly unit: string;
  readonly line: string;
}

/** Locations stand in the header. */
const HEADER_CHARS = 200;
const EXTENSIONS = 'java|kt|scala|groovy|go|py|js|mjs|ts|rb|cs|cpp|cc|c|rs|php|ex|swift';
const IN_FILE = new RegExp(`(?<![\\w./$-])([\\w.$/-]{1,120}\\.(?:${EXTENSIONS})):(\\d{1,6})(?![\\w.])`);
/** `#` also numbers issues, so the name must look like a type or a path. */
const IN_CLASS = /(?<![\w./$-])((?:[\w$]{1,60}\.){0,12}[A-Z][\w$]{1,80})#(\d{1,6})(?![\w.])/;

export const codeLocationOf = (text: string): CodeLocation | null => {
  const header = text.slice(0, HEADER_CHARS);
  const match = IN_FILE.exec(header) ?? IN_CLASS.exec(header);
  const unit = match?.[1];
  const line = match?.[2];
  return unit === undefined || line === undefined ? null : { unit, line };
};
