/** SQL in a message: a statement of another language is a value. */
import { WILDCARD } from './wildcard.ts';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** What follows the verb of a statement of SQL. */
const OBJECTS = setOf('TABLE TABLES INDEX INDEXES VIEW VIEWS DATABASE DATABASES SCHEMA SCHEMAS USER USERS ROLE ROLES SEQUENCE FUNCTION PROCEDURE TRIGGER COLUMNS PARTITION UNIQUE TEMPORARY MATERIALIZED OR');
const DEFINING = setOf('CREATE ALTER DROP TRUNCATE OPTIMIZE ANALYZE SHOW LOCK');
const MAX_SELECTED = 64;

const isWithin = (words: readonly string[], keyword: string, from: number, to: number): boolean => {
  for (let at = from; at < to && at < words.length; at++) if (words[at] === keyword) return true;
  return false;
};

/** Whether a statement of SQL begins at a word; keywords in capitals, as programs write them. */
export const beginsSql = (words: readonly string[], at: number): boolean => {
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
    default:
      return DEFINING.has(verb) && OBJECTS.has(next);
  }
};
