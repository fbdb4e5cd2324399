/** The exact command that looks closer: at the worst incident's own time, as a page to keep. */
import type { Digest } from '../../domain/digest.ts';

const PLAIN = /^[\w@%+=:,./-]+$/;

/** Quoted for a POSIX shell where needed. */
export const shellQuoted = (text: string): string => {
  // A leading dash would be an option.
  const safe = text.startsWith('-') ? `./${text}` : text;
  return PLAIN.test(safe) ? safe : `'${safe.replaceAll("'", String.raw`'\''`)}'`;
};

const MINUTE_MS = 60_000;
const PATHS_SHOWN = 4;

/** Whole minutes around an interval, so that the command stays short: `2025-02-01T14:04Z`. */
const minuteText = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 16)}Z`;

/** Null where nothing could be read again (standard input) or nothing asks for it. */
export const closerLook = (digest: Digest, operands: readonly string[]): string | null => {
  const [incident] = digest.incidents;
  if (incident === undefined || operands.length === 0 || operands.length > PATHS_SHOWN || operands.includes('-')) return null;
  const start = Math.floor(Date.parse(incident.start) / MINUTE_MS) * MINUTE_MS;
  const end = (Math.floor(Date.parse(incident.end) / MINUTE_MS) + 1) * MINUTE_MS;
  if (Number.isNaN(start) || Number.isNaN(end)) return null;
  const paths = operands.map(shellQuoted).join(' ');
  return `faultline analyze ${paths} --since ${minuteText(start)} --until ${minuteText(end)} -o ${incident.id}.html`;
};
