/**
 * Under which names loggers and shippers put what. Paths in lower case, the most specific first; the first that is there
 * wins. Nested objects and dotted keys are the same path.
 */

/** Names of an instant: ECS, logstash, OTLP, pino, zap, zerolog, slog, bunyan, winston, GELF, MongoDB, journald, CloudTrail. */
export const TIME_NAMES = [
  '@timestamp', 'timestamp', 'time', 'ts', 'datetime', 'date', 'asctime', 't.$date', 't', 'eventtime', 'event_time', 'event.created',
  'time_unix_nano', 'timeunixnano', 'observed_timestamp', '__realtime_timestamp', '_source_realtime_timestamp', 'timestampms', 'timemillis',
  'instant.epochsecond', 'logged_at', 'log_time', 'logtime', 'start_time', 'created_at', 'dt', '@t', 'when',
] as const;

export const LEVEL_NAMES = [
  'level', 'severity_text', 'severitytext', 'severity', 'log.level', 'levelname', 'loglevel', 'log_level', 'lvl', 'level.name', '@l', 's',
  'priority', 'levelno', 'severity_number', 'severitynumber', 'level_value', 'log.severity', 'status', 'l',
] as const;

/** Looked at where no level is given. */
export const STATUS_NAMES = ['http.response.status_code', 'res.statuscode', 'response.status', 'status_code', 'statuscode', 'status', 'response_code', 'http.status_code', 'http_status', 'code'] as const;

export const MESSAGE_NAMES = [
  'message', 'msg', 'body', 'body.stringvalue', 'short_message', '@message', '@m', '@mt', 'event.message', 'log.message', 'textpayload',
  'jsonpayload.message', 'jsonpayload.msg', 'log', 'text', 'eventname', 'event', 'full_message', 'err.message', 'error.message', 'error', 'm',
] as const;

export const SERVICE_NAMES = [
  'service.name', 'resource.service.name', 'resource.attributes.service.name', 'service', 'service_name', 'servicename', 'app', 'application',
  'app_name', 'appname', 'application_name', 'applicationname', 'resource.service', 'kubernetes.labels.app', 'kubernetes.labels.app_kubernetes_io/name',
  'kubernetes.container_name', 'kubernetes.container.name', 'resource.k8s.container.name', 'resource.labels.container_name', 'container_name',
  'container.name', 'dd.service', 'syslog_identifier', '_systemd_unit', '_service', '_service_name', '_app', 'eventsource', 'component', 'facility',
] as const;

export const HOST_NAMES = [
  'resource.k8s.pod.name', 'k8s.pod.name', 'kubernetes.pod_name', 'kubernetes.pod.name', 'resource.labels.pod_name', 'pod_name', 'podname', 'pod',
  'host.name', 'hostname', 'host', 'resource.host.name', '_hostname', 'host.hostname', 'instance', 'node', 'server',
] as const;

export const ENV_NAMES = [
  'deployment.environment.name', 'deployment.environment', 'resource.deployment.environment.name', 'resource.deployment.environment',
  'service.environment', 'env', 'environment', 'dd.env', '_env', '_environment', 'stage', 'profile',
] as const;

export const REGION_NAMES = ['cloud.region', 'resource.cloud.region', 'region', 'awsregion', 'aws_region', 'resource.labels.location', 'zone'] as const;

export const LOGGER_NAMES = [
  'logger_name', 'loggername', 'log.logger', 'logger', 'logger.name', 'scope.name', 'instrumentationscope.name', 'category', 'sourcecontext',
  'properties.sourcecontext', '_logger_name', '_logger', 'name', 'c', 'module',
] as const;

export const TRACE_NAMES = ['trace_id', 'traceid', 'trace.id', 'mdc.traceid', 'mdc.trace_id', 'contextmap.traceid', 'dd.trace_id', 'otel.trace_id', 'x-b3-traceid', 'attributes.trace_id', '_traceid'] as const;

/** A value under one of these is a stack trace where it has several lines or looks like one. */
export const STACK_NAMES = [
  'stack_trace', 'error.stack_trace', 'exception.stacktrace', 'attributes.exception.stacktrace', 'err.stack', 'error.stack', 'exception.stack_trace',
  'stacktrace', 'stack', 'thrown.extendedstacktrace', 'thrown.stacktrace', 'exc_info', 'exception', 'traceback', 'error.stacktrace', 'errorverbose',
  '@x', 'full_message', 'error', 'err',
] as const;

