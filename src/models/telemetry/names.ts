/** Attribute and metric names: OpenTelemetry's where it has one, else under `faultline.`. */

export const ATTRIBUTES = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  requestModel: 'gen_ai.request.model',
  maxTokens: 'gen_ai.request.max_tokens',
  responseModel: 'gen_ai.response.model',
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  /** Not in the conventions (1.37); the name under which Langfuse and others look for it. US dollars. */
  cost: 'gen_ai.usage.cost',
  tokenType: 'gen_ai.token.type',
  errorType: 'error.type',
  task: 'faultline.model.task',
  attempt: 'faultline.model.attempt',
  event: 'faultline.model.event',
  tier: 'faultline.model.tier',
  reason: 'faultline.model.reason',
  budget: 'faultline.model.budget',
  incident: 'faultline.incident.id',
  promptName: 'faultline.prompt.name',
  promptVersion: 'faultline.prompt.version',
  promptHash: 'faultline.prompt.hash',
} as const;

/** The same for what events are about. */
export const EVENT_ATTRIBUTES = {
  task: ATTRIBUTES.task,
  /** The name in the configuration: two servers may be of one kind. */
  provider: 'faultline.model.provider',
  code: ATTRIBUTES.errorType,
  reason: ATTRIBUTES.reason,
  violation: 'faultline.grounding.violation',
} as const;

export const METRICS = {
  tokens: 'gen_ai.client.token.usage',
  duration: 'gen_ai.client.operation.duration',
  cost: 'faultline.model.cost',
  events: 'faultline.model.events',
} as const;

/** Bucket bounds as the conventions advise them (GenAI metrics, 1.37). */
export const BUCKETS = {
  tokens: [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864],
  durationSeconds: [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
};
