/**
 * The gateway's telemetry in OpenTelemetry's GenAI conventions (status: development, version 1.37), through the API package
 * alone: without a registered SDK every call is a no-op. Prompts and answers are never attributes.
 */
import { type Attributes, metrics, SpanKind, SpanStatusCode, trace, type Meter, type Tracer } from '@opentelemetry/api';
import type { ModelCallAttributes, ModelTelemetry } from '../../ports/model-telemetry.ts';
import { ATTRIBUTES, METRICS } from './names.ts';

const SCOPE = 'faultline.models';

const requestAttributes = (call: ModelCallAttributes): Attributes => ({
  [ATTRIBUTES.operation]: 'chat',
  [ATTRIBUTES.provider]: call.system,
  [ATTRIBUTES.requestModel]: call.model,
  [ATTRIBUTES.task]: call.task,
  [ATTRIBUTES.promptName]: call.promptName,
  [ATTRIBUTES.promptVersion]: call.promptVersion,
  [ATTRIBUTES.promptHash]: call.promptHash,
});

export const openTelemetry = (tracer: Tracer = trace.getTracer(SCOPE), meter: Meter = metrics.getMeter(SCOPE)): ModelTelemetry => {
  const tokens = meter.createHistogram(METRICS.tokens, { unit: '{token}' });
  const duration = meter.createHistogram(METRICS.duration, { unit: 's' });
  const cost = meter.createCounter(METRICS.cost, { unit: 'USD' });
  const events = meter.createCounter(METRICS.events, { unit: '{event}' });
  return {
    startCall: (call) => {
      const attributes = requestAttributes(call);
      const span = tracer.startSpan(`chat ${call.model}`, { kind: SpanKind.CLIENT, attributes: { ...attributes, [ATTRIBUTES.maxTokens]: call.maxOutputTokens, [ATTRIBUTES.attempt]: call.attempt } });
      return ({ usage, costUsd, responseModel, durationMs, errorCode }) => {
        const outcome = errorCode === null ? attributes : { ...attributes, [ATTRIBUTES.errorType]: errorCode };
        span.setAttribute(ATTRIBUTES.cost, costUsd);
        if (responseModel !== null) span.setAttribute(ATTRIBUTES.responseModel, responseModel);
        if (usage !== null) {
          span.setAttributes({ [ATTRIBUTES.inputTokens]: usage.inputTokens, [ATTRIBUTES.outputTokens]: usage.outputTokens });
          tokens.record(usage.inputTokens, { ...outcome, [ATTRIBUTES.tokenType]: 'input' });
          tokens.record(usage.outputTokens, { ...outcome, [ATTRIBUTES.tokenType]: 'output' });
        }
        if (errorCode !== null) {
          span.setAttribute(ATTRIBUTES.errorType, errorCode);
          span.setStatus({ code: SpanStatusCode.ERROR });
        }
        duration.record(durationMs / 1000, outcome);
        cost.add(costUsd, outcome);
        span.end();
      };
    },
    count: (event, attributes, amount = 1) => events.add(amount, { ...attributes, [ATTRIBUTES.event]: event }),
  };
};
