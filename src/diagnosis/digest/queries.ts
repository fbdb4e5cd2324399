/**
 * Queries that find the lines of a step again, in the languages of the common log stores. They look for literal parts of the template:
 * values and masked marks are left out, and a part is only used where a line that was seen holds it.
 */
import type { LogQuery } from '../../domain/digest.ts';
import { type EpochMs, toRfc3339 } from '../../domain/time.ts';
import type { Annotated } from './annotate.ts';
import { isAccessLog } from './error-codes.ts';
import type { Story } from './story.ts';
import type { Words } from './words/words.ts';

const MAX_LITERALS = 3;
const LEAST_LITERAL = 3;
const MAX_LITERAL = 80;
const LEAD_MS = 5 * 60_000;
/** What stands for a value or a masked secret. */
const HOLE = /<[^<>\s]{1,40}>/;
const UNSAFE = /\p{Cc}|\p{Cf}/u;
/** The status after the quoted request of an access log: its errors differ from its other lines in nothing else. */
const SERVER_ERROR = '" 5[0-9][0-9] ';
const PLAIN_NAME = /^[\w][\w.-]{0,62}$/;

/** Queries for the trigger and, where it is another pattern, for the last step. */
export const queriesOf = (story: Story, words: Words): readonly LogQuery[] => {
  const { trigger, steps } = story.chain;
  const last = steps.at(-1);
  const window = { from: story.start - LEAD_MS, to: story.end + LEAD_MS };
  const first = queriesFor(trigger.item, window, words.findTrigger());
  if (last === undefined || last === trigger) return first;
  return [...first, ...queriesFor(last.item, window, words.findLast())];
};

const queriesFor = (item: Annotated, window: { readonly from: EpochMs; readonly to: EpochMs }, why: string): readonly LogQuery[] => {
  const literals = literalsOf(item);
  const byStatus = isAccessLog(item.pattern);
  if (literals.length === 0 && !byStatus) return [];
  const services = Object.keys(item.pattern.services).filter((name) => PLAIN_NAME.test(name)).sort();
  const between = `between (datetime(${toRfc3339(window.from)}) .. datetime(${toRfc3339(window.to)}))`;
  const parts = {
    logql: [...literals.map((literal) => `|= ${logqlString(literal)}`), ...(byStatus ? [`|~ \`${SERVER_ERROR}\``] : [])].join(' '),
    kql: [...literals.map((literal) => `| where text contains_cs ${kqlString(literal)}`), ...(byStatus ? [`| where text matches regex ${kqlString(SERVER_ERROR)}`] : [])].join(' '),
    cloudwatch: [...literals.map((literal) => `| filter @message like ${cloudwatchString(literal)}`), ...(byStatus ? [`| filter @message like /${SERVER_ERROR}/`] : [])].join(' '),
  };
  return [
    { language: 'logql', query: `{${logSelector(services)}} ${parts.logql}`, why },
    { language: 'kql', query: `union isfuzzy=true (traces | project at = timestamp, text = message), (exceptions | project at = timestamp, text = strcat(outerMessage, " ", innermostMessage)), (ContainerLogV2 | project at = TimeGenerated, text = tostring(LogMessage)) | where at ${between} ${parts.kql} | order by at asc`, why },
    { language: 'cloudwatch', query: `fields @timestamp, @logStream, @message ${parts.cloudwatch} | sort @timestamp asc | limit 200`, why },
  ];
};

/** The longest literal parts, in the template's order. */
export const literalsOf = ({ pattern }: Annotated): readonly string[] => {
  const seen = pattern.samples.map(({ text }) => text);
  const wanted = pattern.template
    .split(HOLE)
    .flatMap((part) => partsIn(part, seen))
    .filter((part) => part.length >= LEAST_LITERAL && /[\p{L}\p{N}]/u.test(part));
  const chosen = new Set([...new Set(wanted)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, MAX_LITERALS));
  return [...chosen].sort((a, b) => wanted.indexOf(a) - wanted.indexOf(b));
};

/** A part whole where a sample shows it so (or there is none to compare), else its words. */
const partsIn = (part: string, samples: readonly string[]): readonly string[] => {
  const whole = part.replace(/^[\s\p{Pe}\p{Pf},;:.!?]+/u, '').trim();
  const isSeen = (text: string): boolean => !UNSAFE.test(text) && (samples.length === 0 || samples.some((sample) => sample.includes(text)));
  if (isSeen(whole)) return [cutAtWord(whole)];
  return whole.split(/[\s\p{Cc}\p{Cf}]+/u).filter(isSeen).map(cutAtWord);
};

const cutAtWord = (text: string): string => {
  if (text.length <= MAX_LITERAL) return text;
  const space = text.lastIndexOf(' ', MAX_LITERAL);
  return text.slice(0, space > 0 ? space : MAX_LITERAL).replace(/[\ud800-\udbff]$/, '');
};

const logSelector = (services: readonly string[]): string => {
  if (services.length === 0) return 'service_name=~".+"';
  const [only] = services;
  if (services.length === 1 && only !== undefined) return `service_name="${only}"`;
  return `service_name=~"${services.map((name) => name.replaceAll('.', String.raw`\\.`)).join('|')}"`;
};

/** LogQL strings are Go's: a backquoted one is raw, a quoted one knows backslash escapes (grafana.com/docs/loki/latest/query). */
const logqlString = (text: string): string => (text.includes('`') ? `"${text.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`)}"` : `\`${text}\``);

/** KQL string literals: backslash escapes (learn.microsoft.com/kusto/query/scalar-data-types/string). */
const kqlString = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`)}"`;

/** CloudWatch Logs Insights: backslash escapes in quoted strings (docs.aws.amazon.com, CWL_QuerySyntax-Filter). */
const cloudwatchString = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`)}"`;
