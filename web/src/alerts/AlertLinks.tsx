import { IconBook2, IconExternalLink } from '@tabler/icons-react';
import { SilenceLink } from '../ui/SilenceLink.tsx';
import type { AlertDetails } from './alertDetailQueries.ts';

/** Senders write these addresses: only those of the web are followed. */
function isWeb(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

export function AlertLinks({ alert }: { readonly alert: AlertDetails }) {
  const links = [
    ...(alert.runbookUrl ? [{ title: 'Runbook', url: alert.runbookUrl }] : []),
    ...(alert.generatorUrl ? [{ title: 'Source', url: alert.generatorUrl }] : []),
    ...alert.links,
  ].filter(({ url }, index, all) => isWeb(url) && all.findIndex((each) => each.url === url) === index);
  if (links.length === 0 && alert.status !== 'FIRING') return null;
  return (
    <div className="detail-links">
      {links.map(({ title, url }) => (
        <a key={url} href={url} target="_blank" rel="noopener noreferrer" className="detail-link">
          {title === 'Runbook' ? (
            <IconBook2 size={14} stroke={1.7} aria-hidden="true" />
          ) : (
            <IconExternalLink size={14} stroke={1.7} aria-hidden="true" />
          )}
          {title}
        </a>
      ))}
      {alert.status === 'FIRING' && <SilenceLink alert={alert} className="detail-link" />}
    </div>
  );
}
