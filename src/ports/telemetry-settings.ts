/** Where Faultline's own traces and metrics go, checked and with every default filled in. */
export interface TelemetrySettings {
  /** Full addresses (`…/v1/traces`); null: the signal is not sent. */
  readonly tracesUrl: string | null;
  readonly metricsUrl: string | null;
  /** Sent with every export, besides those of OTEL_EXPORTER_OTLP_HEADERS. */
  readonly headers: Readonly<Record<string, string>>;
}
