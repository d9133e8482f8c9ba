import { IconExternalLink } from '@tabler/icons-react';

/** Senders write these addresses: only those of the web are followed. */
const isWeb = (url: string): boolean => /^https?:\/\//i.test(url);

/** Where a change can be read about. */
export function ChangeLinks({
  links,
}: {
  readonly links: readonly { readonly title: string; readonly url: string }[];
}) {
  return links
    .filter(({ url }) => isWeb(url))
    .map(({ title, url }) => (
      <a key={url} href={url} target="_blank" rel="noopener noreferrer" className="alert-link">
        {title}
        <IconExternalLink size={12} aria-hidden="true" />
      </a>
    ));
}
