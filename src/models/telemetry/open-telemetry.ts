/**
 * The gateway's telemetry in OpenTelemetry's GenAI conventions (status: development, version 1.37), through the API package
 * alone: without an SDK every call is a no-op. Prompts and answers are never attributes.
 */
import { type Attributes, type Context, metrics, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Meter, type Tracer } from '@opentelemetry/api';
import type { CallTelemetry, EventAttributes, ModelCallAttributes, ModelTelemetry, PromptIdentity, QuestionAttributes } from '../../ports/model-telemetry.ts';
import { ATTRIBUTES, BUCKETS, EVENT_ATTRIBUTES, METRICS } from './names.ts';

const SCOPE = 'faultline.models';

const promptAttributes = (prompt: PromptIdentity | null): Attributes =>
  prompt === null ? {} : { [ATTRIBUTES.promptName]: prompt.name, [ATTRIBUTES.promptVersion]: prompt.version, [ATTRIBUTES.promptHash]: prompt.hash };

const callAttributes = (call: ModelCallAttributes): Attributes => ({
  [ATTRIBUTES.operation]: call.operation,
  [ATTRIBUTES.provider]: call.system,
  [ATTRIBUTES.requestModel]: call.model,
  [ATTRIBUTES.task]: call.task,
  ...promptAttributes(call.prompt),
});

const questionAttributes = ({ task, incident, prompt }: QuestionAttributes): Attributes => ({ [ATTRIBUTES.task]: task, [ATTRIBUTES.incident]: incident, ...promptAttributes(prompt) });

const eventAttributes = ({ task, provider, code, reason, violation }: EventAttributes): Attributes => {
  const named: readonly (readonly [string, string | undefined])[] = [
    [EVENT_ATTRIBUTES.task, task], [EVENT_ATTRIBUTES.provider, provider], [EVENT_ATTRIBUTES.code, code], [EVENT_ATTRIBUTES.reason, reason], [EVENT_ATTRIBUTES.violation, violation],
  ];
  return Object.fromEntries(named.filter(([, value]) => value !== undefined));
};

const instrumentsOf = (meter: Meter) => ({
  tokens: meter.createHistogram(METRICS.tokens, { unit: '{token}', advice: { explicitBucketBoundaries: BUCKETS.tokens } }),
  duration: meter.createHistogram(METRICS.duration, { unit: 's', advice: { explicitBucketBoundaries: BUCKETS.durationSeconds } }),
  cost: meter.createCounter(METRICS.cost, { unit: 'USD' }),
  events: meter.createCounter(METRICS.events, { unit: '{event}' }),
});
type Instruments = ReturnType<typeof instrumentsOf>;

const startCall = (tracer: Tracer, { tokens, duration, cost }: Instruments, parent: Context): CallTelemetry['startCall'] => (call) => {
  const attributes = callAttributes(call);
  const limit = call.maxOutputTokens === null ? {} : { [ATTRIBUTES.maxTokens]: call.maxOutputTokens };
  const span = tracer.startSpan(`${call.operation} ${call.model}`, { kind: SpanKind.CLIENT, attributes: { ...attributes, ...limit, [ATTRIBUTES.attempt]: call.attempt } }, parent);
  return ({ usage, costUsd, responseModel, durationMs, errorCode }) => {
    const outcome = errorCode === null ? attributes : { ...attributes, [ATTRIBUTES.errorType]: errorCode };
    span.setAttribute(ATTRIBUTES.cost, costUsd);
    if (responseModel !== null) span.setAttribute(ATTRIBUTES.responseModel, responseModel);
    if (usage !== null) {
      span.setAttributes({ [ATTRIBUTES.inputTokens]: usage.inputTokens, [ATTRIBUTES.outputTokens]: usage.outputTokens });
      tokens.record(usage.inputTokens, { ...outcome, [ATTRIBUTES.tokenType]: 'input' });
      if (call.operation === 'chat') tokens.record(usage.outputTokens, { ...outcome, [ATTRIBUTES.tokenType]: 'output' });
    }
    if (errorCode !== null) {
      span.setAttribute(ATTRIBUTES.errorType, errorCode);
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    duration.record(durationMs / 1000, outcome);
    cost.add(costUsd, outcome);
    span.end();
  };
};

export const openTelemetry = (tracer: Tracer = trace.getTracer(SCOPE), meter: Meter = metrics.getMeter(SCOPE)): ModelTelemetry => {
  const instruments = instrumentsOf(meter);
  const count: CallTelemetry['count'] = (event, attributes, amount = 1) => instruments.events.add(amount, { ...eventAttributes(attributes), [ATTRIBUTES.event]: event });
  return {
    startCall: startCall(tracer, instruments, ROOT_CONTEXT),
    count,
    startQuestion: (question) => {
      const span = tracer.startSpan(`faultline ${question.task}`, { kind: SpanKind.INTERNAL, attributes: questionAttributes(question) }, ROOT_CONTEXT);
      return {
        startCall: startCall(tracer, instruments, trace.setSpan(ROOT_CONTEXT, span)),
        count: (event, attributes, amount) => {
          span.addEvent(event, eventAttributes(attributes));
          count(event, attributes, amount);
        },
        end: ({ tier, reason, budget }) => {
          // No cost here: backends add up the calls.
          span.setAttributes({ [ATTRIBUTES.tier]: tier, [ATTRIBUTES.budget]: budget, ...(reason === null ? {} : { [ATTRIBUTES.reason]: reason }) });
          span.end();
        },
      };
    },
  };
};
