/** What reaches an OTLP backend, and what happens where there is none. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTelemetry } from '../../src/telemetry/start-telemetry.ts';
import { type ModelServer, type Reply, startModelServer, TEST_KEY } from './model-server.ts';
import { type OtlpReceiver, startOtlpReceiver } from './otlp-receiver.ts';
import { EXAMPLE, runCli } from './run-cli.ts';

const GOOD = { text: 'The database link of order-service was lost.', cites: [1] };
const BAD = { text: 'Kafka lost 17 brokers.', cites: [1] };
const ANSWER: Reply = { kind: 'answer', text: JSON.stringify({ summary: [GOOD, GOOD, BAD], hypotheses: [], impact: [], next_actions: [] }) };

let server: ModelServer;
let receiver: OtlpReceiver;
let folder: string;
let replies: readonly Reply[];
beforeEach(async () => {
  replies = [ANSWER];
  server = await startModelServer((_, number) => replies[Math.min(number, replies.length - 1)] ?? ANSWER);
  folder = mkdtempSync(join(tmpdir(), 'faultline-otlp-'));
});
afterEach(async () => {
  await server.close();
  await receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

const analyze = (environment: Readonly<Record<string, string>>) => runCli(['analyze', EXAMPLE, '--llm', '--json'], { url: server.url, folder }, environment);

describe('a collector that answers', () => {
  it('gets a span for the question and one a call below it, and every metric, before the command ends', async () => {
    receiver = await startOtlpReceiver();
    replies = [{ kind: 'status', status: 500 }, ANSWER];
    const { code, stderr } = await analyze({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=shop', OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test', OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' });
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('telemetry')]);
    const question = receiver.spans.find(({ name }) => name === 'faultline digest');
    expect(question).toMatchObject({ parentId: '', attributes: { 'faultline.model.task': 'digest', 'faultline.model.tier': 'digest', 'faultline.model.budget': 'fine', 'faultline.prompt.name': 'digest' } });
    const calls = receiver.spans.filter(({ name }) => name === 'chat m');
    expect(calls.map(({ parentId, traceId }) => [parentId, traceId])).toEqual(calls.map(() => [question?.spanId, question?.traceId]));
    expect(calls.map(({ attributes }) => attributes)).toMatchObject([
      { 'error.type': 'model_unavailable', 'faultline.model.attempt': 1 },
      {
        'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'm', 'gen_ai.response.model': 'm', 'gen_ai.request.max_tokens': 900, 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.output_tokens': 20,
        'gen_ai.usage.cost': 0, 'faultline.prompt.name': 'digest', 'faultline.prompt.version': expect.any(Number), 'faultline.prompt.hash': expect.stringMatching(/^[0-9a-f]{16}$/), 'faultline.model.attempt': 2,
      },
    ]);
    expect(question?.resource).toMatchObject({ 'service.name': 'faultline', 'service.version': expect.stringMatching(/^\d/), 'service.instance.id': expect.any(String), 'deployment.environment.name': 'test' });
    const valueOf = (metric: string, attributes: object): number | undefined => receiver.points.find((point) => point.metric === metric && Object.entries(attributes).every(([key, value]) => point.attributes[key] === value))?.value;
    expect(valueOf('gen_ai.client.token.usage', { 'gen_ai.token.type': 'input' })).toBe(100);
    expect(valueOf('gen_ai.client.operation.duration', { 'error.type': 'model_unavailable' })).toBeGreaterThan(0);
    expect(valueOf('faultline.model.cost', {})).toBe(0);
    expect(valueOf('faultline.model.events', { 'faultline.model.event': 'removed_sentence', 'faultline.grounding.violation': 'number' })).toBe(1);
    expect(receiver.headers[0]).toMatchObject({ 'x-tenant': 'shop', 'content-type': 'application/x-protobuf' });
  });

  it('counts cache hits, fallbacks and what nobody answered', async () => {
    receiver = await startOtlpReceiver();
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, FAULTLINE_LLM_FOLDER: join(folder, 'state') };
    await analyze(environment);
    await analyze(environment);
    await analyze({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, FAULTLINE_LLM_API_KEY: 'other', FAULTLINE_LLM_BASE_URL: 'http://127.0.0.1:1/v1' });
    const events = receiver.points.filter(({ metric }) => metric === 'faultline.model.events').map(({ attributes }) => attributes['faultline.model.event']);
    expect(events).toEqual(expect.arrayContaining(['cache_hit', 'fallback', 'deterministic']));
    expect(receiver.spans.find(({ events: told }) => told.includes('cache_hit'))?.attributes['faultline.model.tier']).toBe('cache');
    expect(receiver.spans.find(({ attributes }) => attributes['faultline.model.tier'] === 'deterministic')?.events).toEqual(['fallback', 'deterministic']);
  });

  it('never sees a prompt, an answer or a key', async () => {
    receiver = await startOtlpReceiver();
    await analyze({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
    const all = receiver.raw.join('\n');
    expect(all).toContain('gen_ai.request.model');
    expect(all).not.toMatch(/database link|order-service|Kafka|evidence/);
    expect(all).not.toContain(TEST_KEY);
  });

  it('gets what doctor and eval ask, too', async () => {
    receiver = await startOtlpReceiver();
    const environment = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${receiver.url}/v1/traces` };
    await runCli(['doctor'], { url: server.url, folder }, environment);
    await runCli(['eval', EXAMPLE], { url: server.url, folder }, environment);
    expect(receiver.spans.map(({ attributes }) => attributes['faultline.prompt.name'])).toEqual(['check', 'digest']);
    expect(receiver.points).toEqual([]);
  });
});

describe('a collector that does not', () => {
  it.each([
    ['is not there', 'gone', /telemetry did not arrive at http:\/\/127\.0\.0\.1:1\//],
    ['never answers', 'mute', /telemetry did not arrive at http:/],
    ['refuses', 'refuses', /telemetry did not arrive at http:.*\/v1\/(?:traces|metrics): /],
  ] as const)('%s: the answer is the same, and one line says so', async (_, kind, line) => {
    receiver = await startOtlpReceiver(kind === 'gone' ? 'answers' : kind);
    const plain = await analyze({});
    const { code, stdout, stderr, durationMs } = await analyze({ OTEL_EXPORTER_OTLP_ENDPOINT: kind === 'gone' ? 'http://127.0.0.1:1' : receiver.url });
    const untimed = (text: string): unknown => JSON.parse(text, (key, value: unknown) => (key === 'timings_ms' ? null : value));
    expect([code, untimed(stdout)]).toEqual([0, untimed(plain.stdout)]);
    expect(stderr).toMatch(line);
    expect(stderr.match(/telemetry/g)).toHaveLength(1);
    // Two seconds by its own deadline; the rest is for a busy machine.
    expect(durationMs - plain.durationMs).toBeLessThan(5_000);
  });

  it('costs two seconds at most, and its headers stay secret', async () => {
    receiver = await startOtlpReceiver('mute');
    const { tracer, shutdown } = startTelemetry({ tracesUrl: `${receiver.url}/v1/traces`, metricsUrl: `${receiver.url}/v1/metrics`, headers: { Authorization: TEST_KEY } }, '0');
    tracer.startSpan('x').end();
    const startedAt = performance.now();
    const failure = await shutdown();
    expect(performance.now() - startedAt).toBeLessThan(2_500);
    expect(failure).toContain('/v1/traces');
    expect(failure).not.toContain(TEST_KEY);
  });
});
