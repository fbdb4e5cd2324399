/**
 * OpenTelemetry's SDK with OTLP over HTTP (binary protobuf): loaded only where a collector is configured. Nothing is registered
 * globally, and a collector that is away costs neither the answer nor, beyond a short deadline, time.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Meter, Tracer } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, detectResources, envDetector, type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import type { TelemetrySettings } from '../ports/telemetry-settings.ts';
import { messageOf } from '../shared/errors.ts';

const SCOPE = 'faultline';
/** One export, retries of the exporter included. */
const EXPORT_MS = 1_500;
/** All that is left at the end. */
const SHUTDOWN_MS = 2_000;
const METRICS_EVERY_MS = 60_000;
const MAX_MESSAGE = 160;

export interface RunningTelemetry {
  readonly tracer: Tracer;
  readonly meter: Meter;
  /** Sends what is left. Why something did not arrive; null where all did. Never rejects, and takes two seconds at most. */
  readonly shutdown: () => Promise<string | null>;
}

interface ExportOutcome {
  readonly code: number;
  readonly error?: Error;
}

/** `exporter`, whose failures are seen: the SDK itself is silent about them. */
const watched = <Exporter extends SpanExporter | PushMetricExporter>(exporter: Exporter, failed: (why: string) => void): Exporter => {
  const send: (items: never, done: (outcome: ExportOutcome) => void) => void = exporter.export.bind(exporter);
  const sendWatched = (items: never, done: (outcome: ExportOutcome) => void): void => send(items, (outcome) => {
    if (outcome.code !== 0) failed(outcome.error === undefined ? 'unknown' : messageOf(outcome.error));
    done(outcome);
  });
  return Object.assign(exporter, { export: sendWatched });
};

const resourceOf = (version: string): Resource =>
  defaultResource()
    // Processes of one name are told apart, as their counters each begin at nought.
    .merge(resourceFromAttributes({ 'service.name': SCOPE, 'service.version': version, 'service.instance.id': randomUUID() }))
    .merge(detectResources({ detectors: [envDetector] }));

/** No header value, no control character, one line. */
const safe = (why: string, { headers }: TelemetrySettings): string => {
  let text = why;
  for (const value of Object.values(headers)) if (value.length >= 4) text = text.replaceAll(value, '<secret>');
  return text.replaceAll(/\p{C}+/gu, ' ').slice(0, MAX_MESSAGE);
};

export const startTelemetry = (settings: TelemetrySettings, version: string): RunningTelemetry => {
  const { tracesUrl, metricsUrl, headers } = settings;
  let failure: string | null = null;
  const failed = (url: string) => (why: string): void => {
    failure ??= `${url}: ${safe(why, settings)}`;
  };
  const options = (url: string) => ({ url, headers: { ...headers }, timeoutMillis: EXPORT_MS });
  const resource = resourceOf(version);
  const spans = tracesUrl === null ? [] : [new BatchSpanProcessor({ exporter: watched(new OTLPTraceExporter(options(tracesUrl)), failed(tracesUrl)), exportTimeoutMillis: SHUTDOWN_MS })];
  const readers = metricsUrl === null ? [] : [new PeriodicExportingMetricReader({ exporter: watched(new OTLPMetricExporter(options(metricsUrl)), failed(metricsUrl)), exportIntervalMillis: METRICS_EVERY_MS, exportTimeoutMillis: SHUTDOWN_MS })];
  const tracing = new TracerProvider({ resource, spanProcessors: spans });
  const metering = new MeterProvider({ resource, readers });
  return {
    tracer: tracing.getTracer(SCOPE, version),
    meter: metering.getMeter(SCOPE, version),
    shutdown: async () => {
      const abandoned = new AbortController();
      const all = Promise.allSettled([tracing.shutdown(), metering.shutdown()]).then(([traced, metered]) => {
        if (tracesUrl !== null && traced.status === 'rejected') failed(tracesUrl)(messageOf(traced.reason));
        if (metricsUrl !== null && metered.status === 'rejected') failed(metricsUrl)(messageOf(metered.reason));
        return true;
      });
      const inTime = await Promise.race([all, delay(SHUTDOWN_MS, false, { signal: abandoned.signal }).catch(() => true)]);
      abandoned.abort();
      return inTime || failure !== null ? failure : `${tracesUrl ?? metricsUrl ?? ''}: no answer within ${SHUTDOWN_MS} ms`;
    },
  };
};
