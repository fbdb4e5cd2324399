/** What two colons stand in front of: commands to a runner, a user's NTLM response. */
import type { SpanSink } from './mask-span.ts';
import { maskWorkflowCommand } from './workflow-commands.ts';

/** A user's NTLMv2 response as responders print it: `kim::DOMAIN:challenge:proof:blob`. */
const NTLM = /::[\w.-]{1,32}:[0-9a-f]{16}:([0-9a-f]{32}(?::[0-9a-f]{4,2048})?)/iy;

/** Handles `::` at `at`; returns where to go on. */
export const maskDoubleColon = (text: string, at: number, sink: SpanSink): number => {
  const command = text.charCodeAt(at + 2) === 97 ? maskWorkflowCommand(text, at, sink) : 0;
  if (command > 0) return command;
  NTLM.lastIndex = at;
  const proof = NTLM.exec(text)?.[1];
  return proof === undefined ? at + 1 : sink.add(NTLM.lastIndex - proof.length, NTLM.lastIndex, 'secret:password-hash');
};
