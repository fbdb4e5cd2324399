/**
 * Migrations that only add: a table, an index, a column that may stay empty, a comment. While they run they may hold locks and keep disks busy; once they are
 * done, nothing that worked before works otherwise (PostgreSQL, "ALTER TABLE": adding a column without a volatile default only changes the catalogue;
 * "CREATE INDEX"; MySQL, "Online DDL Operations").
 */
import type { Change } from '../../domain/capsule.ts';
import type { EpochMs } from '../../domain/time.ts';

/** What only changes the catalogue waits for a lock, and is done. */
const CATALOGUE_MS = 5 * 60_000;
/** An index has to read its table; where nobody recorded the end, so long. */
const BUILD_MS = 30 * 60_000;

const COLUMN = /^alter\s+table\s.{1,120}?\sadd\s+(?:column\s+)?(?!constraint|primary|foreign|unique|check|index|key)/i;
/** What holds for rows that are there already, or is computed for each of them. */
const BINDS = /(?<!if )not\s+null|unique|primary\s+key|references|check\s*\(|generated|default|serial|\bdrop\b|\balter\s+column|\bmodify\b|\brename\b/i;
const INDEX = /^create\s+index\s/i;
const TABLE = /^create\s+table\s(?!.*\bas\s+select\b)(?!.*\bpartition\s+of\b)/i;
const COMMENT = /^comment\s+on\s/i;
const FRAME = /^(?:begin|commit|start transaction|set\s+(?:local\s+)?(?:lock|statement)_timeout\b.*)$/i;
const MAX_TEXT = 20_000;
const MAX_STATEMENTS = 50;

const isColumn = (text: string): boolean => COLUMN.test(text) && !BINDS.test(text);

/** From when on a migration that only adds can no longer hurt; null of any other change. `code`: its changed lines without comments. */
export const settledAt = ({ kind, time, endedAt, diff }: Change, files: readonly string[], code: readonly string[]): EpochMs | null => {
  if (diff === null || code.length === 0 || /^-(?!--)/m.test(diff) || (kind !== 'migration' && !(files.length > 0 && files.every((file) => file.endsWith('.sql'))))) return null;
  const statements = code.join('\n').slice(0, MAX_TEXT).split(';').map((text) => text.replaceAll(/\s+/g, ' ').trim()).filter((text) => text !== '' && !FRAME.test(text));
  if (statements.length === 0 || statements.length > MAX_STATEMENTS) return null;
  if (!statements.every((text) => isColumn(text) || INDEX.test(text) || TABLE.test(text) || COMMENT.test(text))) return null;
  return endedAt ?? time + (statements.some((text) => INDEX.test(text)) ? BUILD_MS : CATALOGUE_MS);
};
