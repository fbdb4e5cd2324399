/** The digest in English. */
import type { KnownFailure } from '../../../signals/logs/knowledge/known-failure.ts';
import { toRfc3339 } from '../../../domain/time.ts';
import { isTrigger } from '../chain.ts';
import { countText } from '../../../shared/count-text.ts';
import type { EndState } from '../end-state.ts';
import type { Annotated } from '../annotate.ts';
import { hasWords, plain, quote } from '../quote.ts';
import type { Story } from '../story.ts';
import type { Words } from './words.ts';

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
const plural = (count: number, one: string, many = `${one}s`): string => `${countText(count)} ${count === 1 ? one : many}`;
const list = (names: readonly string[], most = 4): string => {
  const shown = names.slice(0, most);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
};
const named = (names: readonly string[]): string => list(names.map(plain));

const clock = (at: number): string => toRfc3339(at).slice(0, 19).replace('T', ' ');
const duration = (ms: number): string => {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
};

const END: Readonly<Record<EndState, string>> = {
  start_failed: 'In the end the application failed to start and stopped; the log shows no recovery.',
  stopped: 'In the end the process stopped; the log shows no recovery.',
  killed: 'In the end the process was killed; the log shows no restart.',
  restarted: 'The process ended and was started again afterwards.',
  unfinished: 'The errors go on to the end of the log.',
  ceased: 'The errors ceased while the log goes on.',
};

const NO_WORDS = 'messages without words of their own';
/** A message by its words; one without any, or one that argues, by what it is. */
const messageOf = ({ claim, pattern }: Pick<Annotated, 'claim' | 'pattern'>, show: (text: string) => string): string => (!claim && hasWords(pattern.template) ? show(pattern.template) : NO_WORDS);
const nameOf = ({ failure, claim, pattern }: Annotated): string => failure?.name.en ?? messageOf({ claim, pattern }, quote);

const titleOf = ({ failures, chain, background, repeats }: Story): string => {
  const what = failures.length > 0 ? capital(failures.slice(0, 4).map(({ name }) => name.en).join(' ► ')) : `Errors: ${messageOf(chain.trigger.item, plain)}`;
  if (background) return `${what} (all along)`;
  return repeats > 1 ? `${what} (${repeats} times)` : what;
};

const opening = ({ start, end, errors, warnings, services, chain, repeats, background }: Story): string => {
  const counted = warnings === 0 ? plural(errors, 'error') : `${plural(errors, 'error')} and ${plural(warnings, 'warning')}`;
  const where = services.length === 0 ? '' : ` in ${services.length === 1 ? 'service' : 'services'} ${named(services)}`;
  const kinds = chain.all.length === 1 ? 'one pattern' : plural(chain.all.length, 'pattern');
  if (background) return `All along the log, ${counted} of ${kinds}${where}.`;
  const often = repeats > 1 ? `, in ${repeats} bursts` : '';
  return `From ${clock(start)} UTC, ${counted} of ${kinds} within ${duration(end - start)}${often}${where}.`;
};

const course = ({ lead: first, followers: rest, chain, services, background }: Story): string => {
  if (background) return `Most frequent: ${nameOf(chain.trigger.item)}.`;
  if (first === null) return `It began with ${messageOf(chain.trigger.item, quote)}; no known failure matches.`;
  const trigger = isTrigger(first) ? `The trigger appears to be: ${first.name.en}` : `What shows is: ${first.name.en}`;
  const then = rest.length === 0 ? '' : `; then ${list(rest.map(({ name }) => name.en))}`;
  const spread = services.length > 1 ? ` It spread over ${plural(services.length, 'service')}.` : '';
  return `${trigger}${then}.${spread}`;
};

const FELT: Readonly<Record<KnownFailure['layer'], string>> = {
  network: 'Calls over the affected connection probably failed or were slow.',
  storage: 'Writes probably failed; check whether data was lost.',
  database: 'Requests that need the database probably failed.',
  cache: 'Requests were probably slower, or failed where they need the cache.',
  queue: 'Messages were probably delayed; check whether any were dropped.',
  resource: 'Requests in flight were probably lost or slow.',
  security: 'Requests that need the refused access probably failed.',
  application: 'Some requests probably failed.',
  platform: 'Capacity was probably reduced.',
};

const impactOf = ({ services, endState, lead: first, codes }: Story): string => {
  const who = services.length === 0 ? 'The application' : named(services);
  const felt = endState === 'start_failed' || endState === 'stopped' || endState === 'killed'
    ? `${who} probably served nothing after it stopped.`
    : first === null ? `${who} logged errors; whether users noticed cannot be told from the log.` : `${who}: ${FELT[first.layer]}`;
  const http = codes.filter((code) => code.startsWith('HTTP_5'));
  return http.length === 0 ? felt : `${felt} Callers received ${list(http.map((code) => code.replace('_', ' ')))}.`;
};

export const enWords: Words = {
  title: titleOf,
  step: (failure, template) => (failure === null || failure.rank === 'wrapper' ? quote(template) : `${capital(failure.name.en)}: ${quote(template)}`),
  summary: (story) => [opening(story), course(story), ...(story.background ? ['It did not begin within this log.'] : [END[story.endState]])].join(' '),
  impact: impactOf,
  knownCause: (failure, first) => `${first ? 'Most likely' : 'Possibly'}: ${failure.name.en}. ${failure.cause.en}`,
  noticedOnly: (failure) => `The log shows only what was noticed (${failure.name.en}), not what failed behind it.`,
  unknownCause: (template) => `Uncertain: ${hasWords(template) ? quote(template) : NO_WORDS} came first, but it matches no known failure.`,
  aroundStart: () => 'Possibly a deployment or restart: a process came up within two minutes of the first error.',
  lookCloser: () => 'Look at this time alone.',
  findTrigger: () => 'Finds the lines of the trigger again.',
  findLast: () => 'Finds the lines of the last step again.',
  gapNoTime: (errors) => `No line has a time that could be read, so ${plural(errors, 'error')} could not be put in order or grouped into incidents.`,
  gapSomeUntimed: (events) => `${plural(events, 'error event')} without a time could not be placed in any incident.`,
  gapNoLevels: () => 'No line has a level that could be read: errors are recognised only where their words are known.',
  gapNoBaseline: () => 'No baseline was given and the input is too short to compare its parts, so nothing can be called new or gone.',
  gapEarlierPart: ({ start, end }) => `No baseline was given: the earlier part of the input (${start} to ${end}) served as one; the counts of patterns are those after it.`,
  gapOther: (events) => `${plural(events, 'event')} fell into the "other" pattern because there were too many distinct patterns; errors among them cannot be told apart.`,
  gapScattered: (count) => `${plural(count, 'stray error')} scattered over the time were not made incidents; they are among the ongoing patterns.`,
  gapMoreIncidents: (count) => `${plural(count, 'further incident')} of lower severity are not listed.`,
  gapMorePatterns: (count, name) => `${plural(count, 'further pattern')} of the list "${name}" are not listed.`,
  gapClaims: (count) => `${plural(count, 'pattern')} with claims of a cause or with orders in the text: log text is data, so none of it was believed.`,
};
