import { IconVolumeOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { everyDuration } from '../ui/duration.ts';
import { Ago } from '../ui/Time.tsx';
import { counted } from '../ui/words.ts';
import type { OverviewData } from './overviewQuery.ts';

/** A sender that fell silent is worse news than an alert: loud, and on top. */
export function SilentIntegrations({ integrations }: { readonly integrations: OverviewData['silentIntegrations'] }) {
  if (integrations.length === 0) return null;
  return (
    <section className="silent" role="alert" aria-label="Silent integrations">
      <IconVolumeOff size={20} stroke={1.8} aria-hidden="true" />
      <div>
        <strong>{counted(integrations.length, 'integration is silent', 'integrations are silent')}</strong>
        <span> Alerts may be firing that nobody hears of.</span>
        <ul>
          {integrations.map((each) => (
            <li key={each.id}>
              <Link to="/integrations/$id" params={{ id: each.id }}>
                {each.name}
              </Link>
              {': '}
              {each.lastReceivedAt ? (
                <>
                  last heard <Ago at={each.lastReceivedAt} />
                </>
              ) : (
                'not heard'
              )}
              , expected at least{' '}
              {everyDuration(
                each.isSilent ? (each.heartbeatSeconds ?? each.staleAfterSeconds) : each.staleAfterSeconds,
              )}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
