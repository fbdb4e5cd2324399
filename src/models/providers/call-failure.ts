/** Whatever an SDK throws ► a ModelError that says what to do next and holds no secret. */
import { APICallError } from '@ai-sdk/provider';
import { ModelError, type ModelErrorCode } from '../../ports/model-error.ts';
import { messageOf } from '../../shared/errors.ts';

const MAX_RETRY_AFTER_MS = 3_600_000;
const MAX_CAUSES = 6;
const MAX_MESSAGE = 200;

/** `Retry-After`: seconds or a date (RFC 9110 10.2.3), or `retry-after-ms` where a server is finer. */
export const retryAfterOf = (headers: Readonly<Record<string, string>> | undefined, nowMs: number): number | null => {
  const fine = Number(headers?.['retry-after-ms']);
  if (headers?.['retry-after-ms'] !== undefined && Number.isFinite(fine)) return clampWait(fine);
  const text = headers?.['retry-after']?.trim();
  if (text === undefined || text === '') return null;
  if (/^\d+(?:\.\d+)?$/.test(text)) return clampWait(Number(text) * 1000);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : clampWait(at - nowMs);
};

const clampWait = (ms: number): number => Math.min(MAX_RETRY_AFTER_MS, Math.max(0, ms));

const codeOfStatus = (status: number): ModelErrorCode => {
  if (status === 401 || status === 403) return 'model_auth';
  if (status === 429) return 'model_rate_limited';
  if (status === 408 || status === 409 || status === 425 || status >= 500) return 'model_unavailable';
  // A success that the SDK could not read: a proxy's page, cut JSON.
  return status < 300 ? 'model_unavailable' : 'model_bad_request';
};

const HINTS: Readonly<Partial<Record<ModelErrorCode, string>>> = {
  model_auth: 'Check the key of this provider and what it may use.',
  model_rate_limited: 'Raise the limit at the provider, or add a second model to the chain.',
  model_bad_request: 'Check the model name and the base URL.',
};

/** The connection never came about, so nothing can be on the bill. */
const NEVER_SENT = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|DEPTH_ZERO|SELF_SIGNED)/;

export interface FailureContext {
  readonly nowMs: number;
  /** Texts that must not show up in a message. */
  readonly secrets: readonly string[];
}

/** No control characters, no key, one line. */
const safeText = (text: string, secrets: readonly string[]): string => {
  let safe = text;
  for (const secret of secrets) if (secret.length >= 4) safe = safe.replaceAll(secret, '<secret>');
  // Servers quote the key they refuse, shortened.
  safe = safe.replaceAll(/\b(?:sk|pk|key|up|AKIA)[-_][^\s"']{6,}/gi, '<secret>').replaceAll(/\p{C}+/gu, ' ');
  return safe.slice(0, MAX_MESSAGE);
};

const causesOf = (error: unknown): readonly unknown[] => {
  const causes: unknown[] = [];
  for (let at = error; at !== undefined && at !== null && causes.length < MAX_CAUSES; at = at instanceof Error ? at.cause : undefined) causes.push(at);
  return causes;
};

const ofStatus = (error: APICallError, status: number, context: FailureContext): ModelError => {
  const code = codeOfStatus(status);
  const hint = HINTS[code];
  return new ModelError({
    code,
    message: `the server answered ${status}: ${safeText(error.message, context.secrets)}`,
    status,
    retryAfterMs: retryAfterOf(error.responseHeaders, context.nowMs),
    mayBeBilled: status < 300,
    ...(hint === undefined ? {} : { hint }),
  });
};

/** Only the code of a network failure is told: its message may quote the request. */
export const toModelError = (error: unknown, context: FailureContext): ModelError => {
  const causes = causesOf(error);
  const known = causes.find((cause) => cause instanceof ModelError);
  if (known !== undefined) return known;
  const answer = causes.find((cause) => APICallError.isInstance(cause));
  if (answer?.statusCode !== undefined) return ofStatus(answer, answer.statusCode, context);
  const last = causes.at(-1);
  const reason = last instanceof Error && 'code' in last ? String(last.code) : safeText(messageOf(last), context.secrets);
  return new ModelError({ code: 'model_unavailable', mayBeBilled: !NEVER_SENT.test(reason), message: `no answer from the server: ${reason}`, hint: 'Check the base URL and that the server runs.' });
};
