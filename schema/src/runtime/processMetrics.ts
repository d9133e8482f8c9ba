import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Meter } from '@opentelemetry/api';

/** Memory, processor time and event-loop delay under the names that Prometheus's dashboards know. Returns its end. */
export function observeProcess(meter: Meter): () => void {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const resident = meter.createObservableGauge('process_resident_memory_bytes', { description: 'Resident memory.' });
  const heap = meter.createObservableGauge('nodejs_heap_size_used_bytes', { description: 'JavaScript heap in use.' });
  const started = meter.createObservableGauge('process_start_time_seconds', { description: 'Start, Unix time.' });
  const lag = meter.createObservableGauge('nodejs_eventloop_lag_p99_seconds', {
    description: '99th percentile of the event-loop delay since the last scrape.',
  });
  const processor = meter.createObservableCounter('process_cpu_seconds_total', { description: 'Processor time used.' });
  meter.addBatchObservableCallback(
    (observer) => {
      const memory = process.memoryUsage();
      const used = process.cpuUsage();
      observer.observe(resident, memory.rss);
      observer.observe(heap, memory.heapUsed);
      observer.observe(started, performance.timeOrigin / 1_000);
      observer.observe(processor, (used.user + used.system) / 1e6);
      // Nanoseconds; NaN where nothing was sampled yet.
      const p99 = delay.percentile(99) / 1e9;
      if (Number.isFinite(p99)) observer.observe(lag, p99);
      delay.reset();
    },
    [resident, heap, started, lag, processor],
  );
  return () => delay.disable();
}
