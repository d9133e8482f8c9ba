import { IconVolumeOff } from '@tabler/icons-react';
import { humanDuration } from '../ui/duration.ts';
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
        <ul>
          {integrations.map((each) => (
            <li key={each.id}>
              {each.name}:{' '}
              {each.lastReceivedAt ? (
                <>
                  last heard <Ago at={each.lastReceivedAt} />
                </>
              ) : (
                'not heard'
              )}
              , expected at least every {humanDuration(each.staleAfterSeconds)}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
