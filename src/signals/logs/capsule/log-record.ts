/** One line of `logs/**.ndjson` (names from the OpenTelemetry log data model) as a record. */
import type { LogRecord } from '../../../domain/capsule.ts';
import { parseInstant } from '../../../domain/instant.ts';
import { isObject, parseObject, textField } from '../../../shared/json-fields.ts';
import { levelOfField } from '../formats/levels.ts';

/** Null where the line is no JSON object or has no body. A body that is no text is its JSON. */
export const parseLogRecord = (line: string): LogRecord | null => {
  const record = parseObject(line);
  if (record === null) return null;
  const body = record['body'];
  const text = typeof body === 'string' ? body : body === undefined || body === null ? null : JSON.stringify(body);
  if (text === null) return null;
  const resource = isObject(record['resource']) ? record['resource'] : {};
  const severity = record['severity_text'];
  return {
    at: parseInstant(record['timestamp']),
    level: typeof severity === 'string' ? levelOfField(severity) : null,
    body: text,
    service: textField(resource['service.name']) ?? '',
    pod: textField(resource['k8s.pod.name']),
    traceId: textField(record['trace_id']),
    spanId: textField(record['span_id']),
  };
};
