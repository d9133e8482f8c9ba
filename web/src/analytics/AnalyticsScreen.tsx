import { Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import { useQuery } from 'urql';
import { Ago } from '../ui/Time.tsx';
import './analytics.css';
import './charts.css';
import { definitionsQuery, type KpiDefinition } from './analyticsQueries.ts';
import { AnalyticsToolbar } from './AnalyticsToolbar.tsx';
import { Breakdown } from './Breakdown.tsx';
import { FunnelPanel } from './FunnelPanel.tsx';
import { KpiTile } from './KpiTile.tsx';
import { type KpiMetric, metrics } from './kpiTypes.ts';
import { NumbersAway } from './numberStates.tsx';
import { Trend } from './Trend.tsx';
import { type Analytics, useAnalytics } from './useAnalytics.ts';
import { type Kpis, useKpis } from './useKpis.ts';

type Definitions = ReadonlyMap<KpiMetric, KpiDefinition>;

function useDefinitions(): Definitions {
  const [{ data }] = useQuery({ query: definitionsQuery });
  return useMemo(() => {
    const byMetric = new Map((data?.kpiDefinitions ?? []).map((each) => [each.metric, each]));
    return new Map(
      metrics.flatMap((metric) => {
        const definition = byMetric.get(metric);
        return definition ? [[metric, definition] as const] : [];
      }),
    );
  }, [data]);
}

interface PartsProps {
  readonly analytics: Analytics;
  readonly definitions: Definitions;
  readonly kpis: Kpis;
}

function Tiles({ analytics, definitions, kpis: { data } }: PartsProps) {
  if (!data || definitions.size === 0) {
    return (
      <div className="tiles" aria-busy="true" aria-label="Loading">
        {metrics.map((metric) => (
          <Skeleton key={metric} height={136} radius="md" />
        ))}
      </div>
    );
  }
  return (
    <div className="tiles">
      {[...definitions.values()].map((definition) => {
        const value = data.values.find(({ metric }) => metric === definition.metric);
        return value && <KpiTile key={definition.metric} value={value} definition={definition} analytics={analytics} />;
      })}
    </div>
  );
}

function Remark({ kpis: { data, error } }: Pick<PartsProps, 'kpis'>) {
  if (data && error) return <p className="analytics-remark">The numbers below are not current: ClickHouse is away.</p>;
  const isEmpty = data && data.funnel.received === 0 && data.values.every(({ n }) => n === 0);
  if (isEmpty) {
    return (
      <p className="analytics-remark muted">
        Nothing was received and no incident was opened in this period with these filters, so there is nothing to
        measure.
      </p>
    );
  }
  if (!data?.computedAt) return null;
  return (
    <p className="analytics-remark muted">
      Live. Numbers changed <Ago at={data.computedAt} />, compared with the equally long period before.
    </p>
  );
}

/** What the numbers say; each with its definition, what stands behind it, and the way there. */
export function AnalyticsScreen() {
  const analytics = useAnalytics();
  const definitions = useDefinitions();
  const kpis = useKpis(analytics.query);
  const isAway = kpis.error !== undefined && !kpis.data;
  return (
    <div className="analytics">
      <h1 className="screen-title">Analytics</h1>
      <AnalyticsToolbar analytics={analytics} />
      {isAway && kpis.error ? (
        <div className="panel">
          <NumbersAway error={kpis.error} onRetry={kpis.retry} />
        </div>
      ) : (
        <>
          <Remark kpis={kpis} />
          <Tiles analytics={analytics} definitions={definitions} kpis={kpis} />
          <div className="analytics-charts">
            <Trend analytics={analytics} definitions={definitions} computedAt={kpis.data?.computedAt ?? null} />
            {kpis.data && <FunnelPanel funnel={kpis.data.funnel} isByTeam={analytics.search.team !== undefined} />}
          </div>
          <Breakdown analytics={analytics} definitions={definitions} computedAt={kpis.data?.computedAt ?? null} />
        </>
      )}
    </div>
  );
}
