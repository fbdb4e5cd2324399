import { createNoopMeter, type Attributes, type Meter, type Span, type Tracer } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { openTelemetry } from './open-telemetry.ts';

const PROMPT = { name: 'narrate', version: 3, hash: 'abc' };
const CALL = { operation: 'chat' as const, system: 'openai', model: 'gpt-4o-mini', task: 'narrate' as const, prompt: PROMPT, maxOutputTokens: 900, attempt: 2 };

interface Recorded {
  readonly spans: { name: string; attributes: Attributes; status: unknown; ended: boolean }[];
  readonly points: { metric: string; value: number; attributes: Attributes }[];
}

/** Just enough of a tracer and a meter to see what was told. */
const recorder = (): Recorded & { readonly tracer: Tracer; readonly meter: Meter } => {
  const recorded: Recorded = { spans: [], points: [] };
  const tracer = {
    startSpan: (name: string, options: { attributes: Attributes }) => {
      const seen = { name, attributes: { ...options.attributes }, status: null as unknown, ended: false };
      recorded.spans.push(seen);
      return {
        setAttribute: (key: string, value: string) => { seen.attributes[key] = value; },
        setAttributes: (attributes: Attributes) => Object.assign(seen.attributes, attributes),
        setStatus: (status: unknown) => { seen.status = status; },
        end: () => { seen.ended = true; },
      } as unknown as Span;
    },
  } as unknown as Tracer;
  const instrument = (metric: string) => {
    const point = (value: number, attributes: Attributes = {}): void => void recorded.points.push({ metric, value, attributes });
    return { add: point, record: point };
  };
  const meter = Object.assign(createNoopMeter(), { createHistogram: instrument, createCounter: instrument });
  return { ...recorded, tracer, meter };
};

describe('openTelemetry', () => {
  it('tells a call in the GenAI conventions, with prompt name, version and hash', () => {
    const { tracer, meter, spans, points } = recorder();
    openTelemetry(tracer, meter).startCall(CALL)({ usage: { inputTokens: 900, outputTokens: 80 }, costUsd: 0.002, responseModel: 'gpt-4o-mini-2024', durationMs: 1500, errorCode: null });
    expect(spans).toEqual([{
      name: 'chat gpt-4o-mini', ended: true, status: null,
      attributes: {
        'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-4o-mini', 'gen_ai.request.max_tokens': 900, 'gen_ai.response.model': 'gpt-4o-mini-2024',
        'gen_ai.usage.input_tokens': 900, 'gen_ai.usage.output_tokens': 80, 'faultline.model.task': 'narrate', 'faultline.model.attempt': 2, 'gen_ai.usage.cost': 0.002,
        'faultline.prompt.name': 'narrate', 'faultline.prompt.version': 3, 'faultline.prompt.hash': 'abc',
      },
    }]);
    expect(points.map(({ metric, value, attributes }) => [metric, value, attributes['gen_ai.token.type']])).toEqual([
      ['gen_ai.client.token.usage', 900, 'input'], ['gen_ai.client.token.usage', 80, 'output'], ['gen_ai.client.operation.duration', 1.5, undefined], ['faultline.model.cost', 0.002, undefined],
    ]);
  });

  it('tells a failure by its code', () => {
    const { tracer, meter, spans, points } = recorder();
    openTelemetry(tracer, meter).startCall(CALL)({ usage: null, costUsd: 0, responseModel: null, durationMs: 10, errorCode: 'model_timeout' });
    expect(spans[0]).toMatchObject({ status: { code: 2 }, attributes: { 'error.type': 'model_timeout' } });
    expect(points.every(({ attributes }) => attributes['error.type'] === 'model_timeout')).toBe(true);
  });

  it('counts events', () => {
    const { tracer, meter, points } = recorder();
    openTelemetry(tracer, meter).count('cache_hit', { task: 'digest' });
    expect(points).toEqual([{ metric: 'faultline.model.events', value: 1, attributes: { 'faultline.model.task': 'digest', 'faultline.model.event': 'cache_hit' } }]);
  });

  it('costs nothing without an SDK', () => {
    expect(() => openTelemetry().startCall(CALL)({ usage: null, costUsd: 0, responseModel: null, durationMs: 1, errorCode: null })).not.toThrow();
  });
});
