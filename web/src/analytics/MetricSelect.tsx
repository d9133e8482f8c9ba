import { NativeSelect } from '@mantine/core';
import type { KpiDefinition } from './analyticsQueries.ts';
import type { KpiMetric } from './kpiTypes.ts';

interface MetricSelectProps {
  readonly label: string;
  readonly value: KpiMetric;
  readonly definitions: ReadonlyMap<KpiMetric, KpiDefinition>;
  readonly onChange: (metric: string) => void;
}

export function MetricSelect({ label, value, definitions, onChange }: MetricSelectProps) {
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[...definitions.values()].map(({ metric, name }) => ({ value: metric, label: name }))}
    />
  );
}
