/** A model server on 127.0.0.1 that speaks each vendor's protocol and misbehaves on demand. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { ProviderSettings, ProviderType } from '../../src/ports/model-settings.ts';

/** What one request gets. */
export type Reply =
  | { readonly kind: 'answer'; readonly text: string; readonly inputTokens?: number; readonly outputTokens?: number }
  /** One vector a text; null in place of a number is what a broken server sends. */
  | { readonly kind: 'vectors'; readonly vectors: readonly (readonly (number | null)[])[] }
  | { readonly kind: 'truncated'; readonly text: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly message?: string }
  /** Headers only after a long time. */
  | { readonly kind: 'slow_first_byte' }
  /** Half a body, then silence. */
  | { readonly kind: 'stalled' }
  /** Half a body, then the connection is gone. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'no_json' };

export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

export interface ModelServer {
  readonly url: string;
  readonly requests: SeenRequest[];
  close(): Promise<void>;
}

const openaiBody = (reply: Reply, model: string): object => {
  const [text, finish] = reply.kind === 'answer' ? [reply.text, 'stop'] : reply.kind === 'truncated' ? [reply.text, 'length'] : ['', 'content_filter'];
  const [input, output] = reply.kind === 'answer' ? [reply.inputTokens ?? 100, reply.outputTokens ?? 20] : [100, 20];
  return {
    id: 'chatcmpl-1', object: 'chat.completion', created: 1_750_000_000, model,
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: finish }],
    usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
  };
};

/** Structured output is a call of a tool there: real servers answer with its arguments. */
const toolInput = (request: string, text: string): unknown => {
  if (!/"tool(?:s|Config)":/.test(request) || text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
};

const anthropicBody = (reply: Reply, model: string, request: string): object => {
  const [text, stop] = reply.kind === 'answer' ? [reply.text, 'end_turn'] : reply.kind === 'truncated' ? [reply.text, 'max_tokens'] : ['', 'refusal'];
  const [input, output] = reply.kind === 'answer' ? [reply.inputTokens ?? 100, reply.outputTokens ?? 20] : [100, 20];
  const called = reply.kind === 'answer' ? toolInput(request, text) : null;
  if (called !== null) return { id: 'msg_1', type: 'message', role: 'assistant', model, content: [{ type: 'tool_use', id: 'toolu_1', name: 'json', input: called }], stop_reason: 'tool_use', stop_sequence: null, usage: { input_tokens: input, output_tokens: output } };
  return { id: 'msg_1', type: 'message', role: 'assistant', model, content: text === '' ? [] : [{ type: 'text', text }], stop_reason: stop, stop_sequence: null, usage: { input_tokens: input, output_tokens: output } };
};

const bedrockBody = (reply: Reply, request: string): object => {
  const [text, stop] = reply.kind === 'answer' ? [reply.text, 'end_turn'] : reply.kind === 'truncated' ? [reply.text, 'max_tokens'] : ['', 'guardrail_intervened'];
  const [input, output] = reply.kind === 'answer' ? [reply.inputTokens ?? 100, reply.outputTokens ?? 20] : [100, 20];
  const called = reply.kind === 'answer' ? toolInput(request, text) : null;
  const content = called === null ? (text === '' ? [] : [{ text }]) : [{ toolUse: { toolUseId: 'tooluse_1', name: 'json', input: called } }];
  return { output: { message: { role: 'assistant', content } }, stopReason: called === null ? stop : 'tool_use', usage: { inputTokens: input, outputTokens: output, totalTokens: input + output }, metrics: { latencyMs: 1 } };
};

const googleBody = (reply: Reply): object => {
  const [text, finish] = reply.kind === 'answer' ? [reply.text, 'STOP'] : reply.kind === 'truncated' ? [reply.text, 'MAX_TOKENS'] : ['', 'SAFETY'];
  const [input, output] = reply.kind === 'answer' ? [reply.inputTokens ?? 100, reply.outputTokens ?? 20] : [100, 20];
  return { candidates: [{ content: { role: 'model', parts: text === '' ? [] : [{ text }] }, finishReason: finish, index: 0 }], usageMetadata: { promptTokenCount: input, candidatesTokenCount: output, totalTokenCount: input + output } };
};

const embeddingBody = (path: string, vectors: readonly (readonly (number | null)[])[]): object => {
  if (path.includes(':batchEmbedContents')) return { embeddings: vectors.map((values) => ({ values })) };
  if (path.includes(':embedContent')) return { embedding: { values: vectors[0] } };
  if (path.includes('/invoke')) return { embedding: vectors[0], inputTextTokenCount: 7 };
  return { object: 'list', model: 'm', data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })), usage: { prompt_tokens: 7, total_tokens: 7 } };
};

const bodyFor = (path: string, reply: Reply, model: string, request: string): object => {
  if (reply.kind === 'vectors') return embeddingBody(path, reply.vectors);
  if (path.includes('/messages')) return anthropicBody(reply, model, request);
  if (path.includes('/converse')) return bedrockBody(reply, request);
  return path.includes(':generateContent') ? googleBody(reply) : openaiBody(reply, model);
};

const errorFor = (path: string, message: string): object => {
  if (path.includes('/messages')) return { type: 'error', error: { type: 'api_error', message } };
  if (path.includes('/converse')) return { message };
  if (path.includes(':generateContent')) return { error: { code: 1, message, status: 'ERROR' } };
  return { error: { message, type: 'error', param: null, code: null } };
};

const respond = (reply: Reply, { path, text: request }: SeenRequest, response: ServerResponse): void => {
  if (reply.kind === 'slow_first_byte') return;
  response.setHeader('content-type', 'application/json');
  if (reply.kind === 'status') {
    response.writeHead(reply.status, { ...reply.headers }).end(JSON.stringify(errorFor(path, reply.message ?? 'no')));
    return;
  }
  if (reply.kind === 'no_json') {
    response.end('<html>502 from some proxy</html>');
    return;
  }
  const whole = JSON.stringify(bodyFor(path, reply.kind === 'stalled' || reply.kind === 'cut' ? { kind: 'answer', text: 'half' } : reply, 'm', request));
  if (reply.kind !== 'stalled' && reply.kind !== 'cut') {
    response.end(whole);
    return;
  }
  response.writeHead(200, { 'content-length': String(Buffer.byteLength(whole)) });
  response.write(whole.slice(0, whole.length >> 1));
  if (reply.kind === 'cut') setTimeout(() => response.destroy(), 20);
};

/** `reply` sees the request's text and its number, from 0. */
export const startModelServer = async (reply: (request: SeenRequest, number: number) => Reply): Promise<ModelServer> => {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const seen = { path: request.url ?? '', headers: request.headers, text: Buffer.concat(chunks).toString('utf8') };
      requests.push(seen);
      respond(reply(seen, requests.length - 1), seen, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/** Made up, in the shape of a key. */
export const TEST_KEY = 'fl-test-0f3a9c7de1b24586';

const PATHS: Readonly<Record<ProviderType, string>> = { 'openai-compatible': '/v1', openai: '/v1', anthropic: '/v1', azure: '/openai', bedrock: '', google: '/v1beta' };

export const providerSettings = (type: ProviderType, url: string, more: Partial<ProviderSettings> = {}): ProviderSettings => ({
  name: type, type, baseUrl: url + PATHS[type], apiKey: TEST_KEY, region: type === 'bedrock' ? 'eu-west-1' : null, accessKeyId: null, secretAccessKey: null, apiVersion: null, structured: 'json_schema', ...more,
});
