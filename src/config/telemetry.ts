/**
 * Where Faultline's own telemetry goes: `telemetry:` in the configuration file, else OpenTelemetry's own variables
 * (https://opentelemetry.io/docs/specs/otel/protocol/exporter/). The SDK itself reads those for headers, certificates,
 * compression and resource attributes.
 */
import { z } from 'zod';
import type { TelemetrySettings } from '../ports/telemetry-settings.ts';
import { type ReadSecretFile, secretOf, type Variables } from './secret.ts';
import { AppError } from '../shared/errors.ts';

const Url = z.url({ protocol: /^https?$/ }).nullable().default(null);

export const TelemetryConfig = z.strictObject({
  /** Base of an OTLP/HTTP receiver: `/v1/traces` and `/v1/metrics` are added. */
  endpoint: Url,
  /** Taken as they are, and instead of `endpoint` for their signal. */
  traces_endpoint: Url,
  metrics_endpoint: Url,
  headers: z.record(z.string().regex(/^[\w-]+$/), z.string().min(1).max(8192)).default({}),
});

const under = (base: string | null | undefined, path: string): string | null => (base === null || base === undefined || base === '' ? null : `${base.replace(/\/+$/, '')}${path}`);

const isOff = (variables: Variables, signal: 'TRACES' | 'METRICS'): boolean => variables[`OTEL_${signal}_EXPORTER`] === 'none';

const fromVariables = (variables: Variables): TelemetrySettings => {
  const urlOf = (signal: 'TRACES' | 'METRICS', path: string): string | null => {
    if (isOff(variables, signal)) return null;
    const own = variables[`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`];
    return own === undefined || own === '' ? under(variables['OTEL_EXPORTER_OTLP_ENDPOINT'], path) : own;
  };
  return { tracesUrl: urlOf('TRACES', '/v1/traces'), metricsUrl: urlOf('METRICS', '/v1/metrics'), headers: {} };
};

const invalid = (message: string): AppError =>
  new AppError({ code: 'config_invalid', message: `the configuration of telemetry is not usable: ${message}`, hint: 'See "telemetry" in the configuration file and the OTEL_EXPORTER_OTLP_* variables.' });

const fromTree = (tree: unknown, variables: Variables, readSecretFile: ReadSecretFile): TelemetrySettings => {
  const parsed = TelemetryConfig.safeParse(tree);
  if (!parsed.success) throw invalid(parsed.error.issues.slice(0, 3).map(({ path, message }) => `${['telemetry', ...path].join('.')}: ${message}`).join('; '));
  const { endpoint, traces_endpoint: traces, metrics_endpoint: metrics, headers } = parsed.data;
  return {
    tracesUrl: traces ?? under(endpoint, '/v1/traces'),
    metricsUrl: metrics ?? under(endpoint, '/v1/metrics'),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, secretOf(value, `telemetry.headers.${name}`, variables, readSecretFile) ?? ''])),
  };
};

/**
 * `tree` is the value under `telemetry` in the configuration file. Null: nothing is sent.
 * @throws AppError `config_invalid`, never with a secret in it
 */
export const telemetrySettingsOf = (tree: unknown, variables: Variables, readSecretFile: ReadSecretFile): TelemetrySettings | null => {
  if (variables['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return null;
  const settings = tree === undefined || tree === null ? fromVariables(variables) : fromTree(tree, variables, readSecretFile);
  for (const url of [settings.tracesUrl, settings.metricsUrl]) {
    if (url !== null && !URL.canParse(url)) throw invalid('an endpoint is no address');
  }
  return settings.tracesUrl === null && settings.metricsUrl === null ? null : settings;
};
