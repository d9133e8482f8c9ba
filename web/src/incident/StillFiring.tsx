import { Button } from '@mantine/core';
import { IconBellRinging } from '@tabler/icons-react';
import { canReopen } from '../ui/incidentRules.ts';
import { counted, phaseWords } from '../ui/words.ts';
import type { IncidentDetails } from './incidentQuery.ts';
import { incidentRoute } from './route.ts';

/** Where the notice leads, as the hash of the address: the alerts of the incident. */
export const alertsPanelId = 'incident-alerts';

/** A person may end an incident whose alerts still fire: nobody who reads "Resolved" must take that for quiet. */
export function StillFiring({ incident }: { readonly incident: IncidentDetails }) {
  const navigate = incidentRoute.useNavigate();
  const { phase, isOpen, firingAlertCount: firing } = incident;
  if (isOpen || firing === 0) return null;
  return (
    <section className="still-firing" aria-label="Still firing" data-testid="still-firing">
      <IconBellRinging size={18} stroke={1.8} aria-hidden="true" />
      <p>
        <strong>{counted(firing, 'alert still fires', 'alerts still fire')}</strong>, although this incident is{' '}
        {phaseWords[phase].toLowerCase()}. {canReopen(phase) && 'Reopen it if it is not over.'}
      </p>
      <Button
        variant="default"
        size="xs"
        onClick={() =>
          void navigate({ search: (before) => ({ ...before, tab: 'alerts' }), hash: alertsPanelId, replace: true })
        }
      >
        Show {firing === 1 ? 'it' : 'them'}
      </Button>
    </section>
  );
}
