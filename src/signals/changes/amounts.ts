/** Edits that give a limit or an interval another number, and do nothing else: more, fewer, sooner or later, but never other data and no other way through the code. */
import { numberMoves } from './loosened.ts';
import type { DiffLines } from './diff-lines.ts';

/** What the number in front stands for: how much, how many, how long, how often. */
const AMOUNT = /max|min|limit|size|pool|time-?out|interval|period|delay|ttl|retr(?:y|ies)|attempt|concurren|thread|worker|replica|memory|cpu|heap|quota|rate|burst|poll|batch|prefetch|capacity|budget|records|connections|seconds|millis|_ms\b|backoff|deadline|threshold/i;
/** Numbers that say which, not how much; and a bound on the data itself cuts it off. */
const CHOICE = /version|schema|format|field|column|index|offset|port\b|\bid\b|scale|precision|length|bytes|body|payload|message[-_. ]?size|page|header/i;
const SETTING = /^["'\w.\-\s]{1,80}\s*[:=]\s*["']?-?\d[\d_.]*\s?[a-z%]{0,6}["']?[,;]?$/i;

export const isAmount = ({ added, removed }: Pick<DiffLines, 'added' | 'removed'>): boolean =>
  numberMoves(added, removed) !== null && added.every((line, index) => line === removed[index] || (SETTING.test(line) && AMOUNT.test(line) && !CHOICE.test(line)));
