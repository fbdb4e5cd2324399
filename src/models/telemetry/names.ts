/** Attribute and metric names: OpenTelemetry's where it has one, else under `faultline.`. */

export const ATTRIBUTES = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  requestModel: 'gen_ai.request.model',
  maxTokens: 'gen_ai.request.max_tokens',
  responseModel: 'gen_ai.response.model',
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  tokenType: 'gen_ai.token.type',
  errorType: 'error.type',
  task: 'faultline.model.task',
  attempt: 'faultline.model.attempt',
  cost: 'faultline.model.cost_usd',
  event: 'faultline.model.event',
  promptName: 'faultline.prompt.name',
  promptVersion: 'faultline.prompt.version',
  promptHash: 'faultline.prompt.hash',
} as const;

export const METRICS = {
  tokens: 'gen_ai.client.token.usage',
  duration: 'gen_ai.client.operation.duration',
  cost: 'faultline.model.cost',
  events: 'faultline.model.events',
} as const;
