import { IconArrowDownRight, IconArrowUpRight, IconMinus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { counted } from '../ui/words.ts';
import type { KpiDefinition, KpiValue } from './analyticsQueries.ts';
import { Definition } from './Definition.tsx';
import { type Delta, deltaOf } from './delta.ts';
import { drillDown } from './drillDown.ts';
import { headline, kpiText } from './kpiFormat.ts';
import type { Analytics } from './useAnalytics.ts';

const arrows = { up: IconArrowUpRight, down: IconArrowDownRight, flat: IconMinus } as const;

function DeltaLine({ delta }: { readonly delta: Delta }) {
  const Arrow = arrows[delta.direction];
  return (
    <p className="tile-delta" data-tone={delta.tone}>
      {delta.text && (
        <>
          <Arrow size={14} stroke={2} aria-hidden="true" />
          {delta.text}
        </>
      )}
    </p>
  );
}

function behind({ metric, n, excluded }: KpiValue): string {
  const isOfAlerts = metric === 'ALERTS_RECEIVED' || metric === 'ALERTS_OPENED' || metric === 'DEDUP_RATIO';
  const what = counted(n, isOfAlerts || metric === 'COMPRESSION' ? 'alert' : 'incident');
  return excluded > 0 ? `${what}, ${excluded.toLocaleString('en')} left out` : what;
}

interface KpiTileProps {
  readonly value: KpiValue;
  readonly definition: KpiDefinition;
  readonly analytics: Analytics;
}

/** One number with what it means, what stands behind it, and how it was before. */
export function KpiTile({ value, definition, analytics: { search, period } }: KpiTileProps) {
  const { unit, lowerIsBetter, name } = definition;
  const main = headline(unit, value);
  const delta = deltaOf({ unit, lowerIsBetter, now: main, before: value.previous && headline(unit, value.previous) });
  const target = drillDown(value.metric, search, period);
  return (
    <article className="tile" aria-label={name} data-testid={`kpi-${value.metric}`}>
      <header className="tile-head">
        <h2>{name}</h2>
        <Definition definition={definition} />
      </header>
      <p className="tile-value" data-empty={main === null}>
        {kpiText(unit, main)}
        {unit === 'SECONDS' && main !== null && <span className="tile-kind">median</span>}
      </p>
      {unit === 'SECONDS' && main !== null && (
        <p className="tile-spread">
          p90 <b>{kpiText(unit, value.p90)}</b> · mean <b>{kpiText(unit, value.mean)}</b>
        </p>
      )}
      <DeltaLine delta={delta} />
      <Link {...target} className="tile-behind" aria-label={`${name}: ${behind(value)}. See the list`}>
        {behind(value)}
      </Link>
    </article>
  );
}
