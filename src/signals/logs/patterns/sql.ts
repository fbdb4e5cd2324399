/** SQL in a message: a statement of another language is a value. */
import { WILDCARD } from './wildcard.ts';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** What follows the verb of a statement of SQL. */
const OBJECTS = setOf('TABLE TABLES INDEX INDEXES VIEW VIEWS DATABASE DATABASES SCHEMA SCHEMAS USER USERS ROLE ROLES SEQUENCE FUNCTION PROCEDURE TRIGGER COLUMNS PARTITION UNIQUE TEMPORARY MATERIALIZED OR');
const DEFINING = setOf('CREATE ALTER DROP TRUNCATE OPTIMIZE ANALYZE SHOW LOCK REFRESH REINDEX');
const MAX_SELECTED = 64;
/** Statements of a word or two. */
const TRANSACTION = setOf('BEGIN COMMIT ROLLBACK');

/** Behind a noun that says so and its colon, a verb of SQL is enough, in any letters. */
const ANNOUNCING = setOf('statement query sql STATEMENT QUERY SQL Statement Query');
const VERBS = setOf(
  'select insert update delete merge replace with values table create alter drop truncate rename comment grant revoke reassign begin start commit rollback end abort savepoint release prepare execute ' +
    'deallocate declare fetch move close set reset show describe use lock unlock call do explain analyze analyse vacuum optimize cluster reindex refresh checkpoint copy load import listen notify unlisten discard',
);

const isAnnounced = (words: readonly string[], at: number): boolean => words[at - 1] === ':' && ANNOUNCING.has(words[at - 2] ?? '') && VERBS.has((words[at] ?? '').toLowerCase());

const isWithin = (words: readonly string[], keyword: string, from: number, to: number): boolean => {
  for (let at = from; at < to && at < words.length; at++) if (words[at] === keyword) return true;
  return false;
};

const SMALL_VERB = /^(?:select|insert|update|delete)$/;
/** What prose does not hold. */
const SMALL_MARKS = setOf('= ( ?');
const MAX_SMALL = 12;

/** Small letters are prose as well: a table's keyword must follow, and a mark that prose has no use for. */
const beginsSmallSql = (words: readonly string[], at: number): boolean => {
  const verb = words[at] ?? '';
  const next = words[at + 1] ?? '';
  if (verb === 'insert' ? next !== 'into' : verb === 'delete' && next !== 'from') return false;
  const stop = Math.min(words.length, at + (verb === 'select' ? MAX_SELECTED : MAX_SMALL));
  let marked = words[at + 2] === '(';
  let follows = verb !== 'update' && (verb !== 'select' || marked);
  for (let i = at + 1; i < stop; i++) {
    marked ||= SMALL_MARKS.has(words[i] ?? '') || (verb === 'select' && /^\w+\.\w+$/.test(words[i] ?? ''));
    follows ||= words[i] === (verb === 'update' ? 'set' : 'from');
  }
  return marked && follows;
};

/** Whether a statement of SQL begins at a word; keywords in capitals, as programs write them, or in small letters, as object mappers do. */
export const beginsSql = (words: readonly string[], at: number): boolean => {
  if (isAnnounced(words, at)) return true;
  if (SMALL_VERB.test(words[at] ?? '')) return beginsSmallSql(words, at);
  const next = words[at + 1] ?? '';
  const verb = words[at] ?? '';
  switch (verb) {
    case 'SELECT':
      return next === WILDCARD || isWithin(words, 'FROM', at + 2, at + MAX_SELECTED);
    case 'INSERT':
    case 'REPLACE':
    case 'MERGE':
      return next === 'INTO';
    case 'UPDATE':
      return isWithin(words, 'SET', at + 2, at + 6);
    case 'DELETE':
      return next === 'FROM';
    case 'START':
      return next === 'TRANSACTION';
    case 'WITH':
      return words[at + 2] === 'AS' && words[at + 3] === '(';
    case 'EXPLAIN':
      return beginsSql(words, next === 'ANALYZE' ? at + 2 : at + 1);
    case 'VACUUM':
      return next === 'FULL' || next === 'ANALYZE' || next === '(';
    default:
      if (TRANSACTION.has(verb)) return words[at - 1] === ':' && (next === '' || next === ';');
      return DEFINING.has(verb) && OBJECTS.has(next);
  }
};
