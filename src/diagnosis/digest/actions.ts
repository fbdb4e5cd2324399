/**
 * Seventh stage: what to do next, safe and reading first. Texts and commands come from the knowledge base and from this file; nothing
 * that a log line says is copied into them.
 */
import type { NextAction } from '../../domain/digest.ts';
import type { Language } from '../../domain/language.ts';
import { toRfc3339 } from '../../domain/time.ts';
import { CHECKS } from '../../signals/logs/knowledge/checks.ts';
import type { FailureCheck } from '../../signals/logs/knowledge/known-failure.ts';
import { isTrigger } from './chain.ts';
import { isDead } from './end-state.ts';
import type { Story } from './story.ts';
import type { Words } from './words/words.ts';

const MAX_ACTIONS = 6;
const MAX_INPUTS = 5;
const LEAD_MS = 60_000;
const TAIL_MS = 60_000;

export interface ActionContext {
  readonly lang: Language;
  readonly words: Words;
  /** Paths as the reader gave them. */
  readonly inputs: readonly string[];
}

export const actionsOf = (story: Story, { lang, words, inputs }: ActionContext): readonly NextAction[] => {
  const causes = story.failures.filter(isTrigger);
  const rest = story.failures.filter((failure) => !isTrigger(failure));
  const general: readonly FailureCheck[] = [...(isDead(story.endState) ? [CHECKS.previous] : []), ...(causes.length === 0 ? [CHECKS.trace] : []), CHECKS.rollout];
  const checks = [...causes.flatMap((failure) => failure.checks), ...rest.flatMap((failure) => failure.checks), ...general];
  const actions = new Map<string, NextAction>();
  for (const { summary, command, risk } of checks) {
    if (actions.size < MAX_ACTIONS - 1) actions.set(summary.en, { summary: summary[lang], command, risk });
  }
  return [...actions.values(), { summary: words.lookCloser(), command: closerCommand(story, inputs), risk: 'none' }];
};

/** The command that shows this incident alone; null where the input was not a file. */
const closerCommand = (story: Story, inputs: readonly string[]): string | null => {
  const named = inputs.filter((input) => input !== '-' && input !== '');
  if (named.length === 0 || named.length > MAX_INPUTS || named.some(hasControl)) return null;
  const since = toRfc3339(story.start - LEAD_MS);
  const until = toRfc3339(story.end + TAIL_MS);
  return `faultline analyze ${named.map(shellWord).join(' ')} --since ${since} --until ${until}`;
};

const hasControl = (text: string): boolean => /\p{Cc}/u.test(text);

/** POSIX shell quoting: as it is where plain, else in single quotes. A leading dash would be an option. */
const shellWord = (text: string): string => {
  const safe = text.startsWith('-') ? `./${text}` : text;
  return /^[\w./:@%+,=-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", String.raw`'\''`)}'`;
};
