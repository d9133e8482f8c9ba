import { IconCheck } from '@tabler/icons-react';
import { SeverityBadge } from '../ui/SeverityBadge.tsx';
import { counted } from '../ui/words.ts';
import { isBurning } from './serviceFilter.ts';
import type { ServiceRow } from './servicesQueries.ts';

export function healthWords(service: ServiceRow): string {
  if (!isBurning(service)) return 'Nothing open';
  const { openIncidentCount, firingAlertCount } = service;
  return openIncidentCount > 0
    ? `${counted(openIncidentCount, 'incident')}, ${counted(firingAlertCount, 'alert')} firing`
    : `${counted(firingAlertCount, 'alert')} firing`;
}

interface HealthProps {
  readonly service: ServiceRow;
  readonly isCompact?: boolean;
}

/** How a service is now, by sign and word. */
export function Health({ service, isCompact = false }: HealthProps) {
  if (isBurning(service)) return <SeverityBadge severity={service.worstSeverity ?? 'INFO'} isCompact={isCompact} />;
  return (
    <span className="health" title={isCompact ? 'Nothing open' : undefined}>
      <IconCheck size={14} stroke={2} aria-hidden="true" />
      <span className={isCompact ? 'visually-hidden' : undefined}>Healthy</span>
    </span>
  );
}
