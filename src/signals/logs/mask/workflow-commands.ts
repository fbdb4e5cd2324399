/** Commands that a job prints to its runner: `::add-mask::x` (GitHub Actions), `##vso[task.setvariable …]x` (Azure Pipelines). */
import type { SpanSink } from './mask-span.ts';
import { ruleOfKey } from './sensitive-keys.ts';
import { isPlaceholder } from './value-shape.ts';

const ADD_MASK = /::add-mask::(\S{4,512})/y;
const SET_VARIABLE = /\[task\.setvariable ([^\]\r\n]{1,200})\](\S{3,512})/y;
const VARIABLE = /variable=([\w.-]{1,64})/;

const kindOf = (settings: string): string | null => {
  const rule = ruleOfKey(VARIABLE.exec(settings)?.[1] ?? '');
  if (rule !== null && rule.kind.startsWith('secret:')) return rule.kind;
  return /issecret=true/i.test(settings) ? 'secret:secret' : null;
};

/** Handles `::` and `[`; the end of what was masked, or 0. */
export const maskWorkflowCommand = (text: string, at: number, sink: SpanSink): number => {
  const pattern = text.charCodeAt(at) === 58 ? ADD_MASK : SET_VARIABLE;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  const value = match?.at(-1);
  const kind = match === null ? null : pattern === ADD_MASK ? 'secret:secret' : kindOf(match[1] ?? '');
  return value === undefined || kind === null || isPlaceholder(value) ? 0 : sink.add(pattern.lastIndex - value.length, pattern.lastIndex, kind);
};
