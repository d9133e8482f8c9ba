import { metrics } from '@opentelemetry/api';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, NodeTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-node';
import { observeProcess } from './processMetrics.js';

export interface TelemetryOptions {
  readonly serviceName: string;
  /** The collector's base address (`http://collector:4318`). Null: no spans are made at all, which costs nothing. */
  readonly otlpEndpoint: string | null;
  /** Where finished spans go besides the collector. */
  readonly spanProcessors?: readonly SpanProcessor[];
}

export interface Telemetry {
  /** All metrics of this process in Prometheus's text format, for `GET /metrics`. */
  readonly scrape: () => Promise<string>;
  /** Sends what is left to the collector; a collector that is away is waited for no longer than its time limit. */
  readonly shutdown: () => Promise<void>;
}

/**
 * Registers the OpenTelemetry SDK for this process. Call it before anything that makes instruments: the metrics API
 * gives do-nothing instruments to whoever asks earlier, for good.
 */
export function startTelemetry(options: TelemetryOptions): Telemetry {
  const resource = resourceFromAttributes({ 'service.name': options.serviceName });
  const reader = new ScrapeReader();
  const meterProvider = new MeterProvider({ resource, readers: [reader] });
  metrics.setGlobalMeterProvider(meterProvider);
  const stopObserving = observeProcess(meterProvider.getMeter('tocsin.process'));

  const spanProcessors = [...(options.spanProcessors ?? []), ...collectorProcessors(options.otlpEndpoint)];
  const tracerProvider = spanProcessors.length > 0 ? new NodeTracerProvider({ resource, spanProcessors }) : null;
  tracerProvider?.register();

  const serializer = new PrometheusSerializer('', false, undefined, false, true);
  return {
    scrape: async () => serializer.serialize((await reader.collect()).resourceMetrics),
    shutdown: async () => {
      stopObserving();
      await tracerProvider?.shutdown().catch(() => undefined);
      await meterProvider.shutdown();
    },
  };
}

function collectorProcessors(endpoint: string | null): readonly SpanProcessor[] {
  if (endpoint === null) return [];
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  return [new BatchSpanProcessor(new OTLPTraceExporter({ url, timeoutMillis: 3_000 }))];
}

/** Collects when it is asked; the SDK's own Prometheus exporter would bring a second HTTP server along. */
class ScrapeReader extends MetricReader {
  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
}
