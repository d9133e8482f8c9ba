import { IconBell, IconBraces, IconFlame, type Icon, IconTelescope } from '@tabler/icons-react';
import type { graphql } from '../graphql/graphql.ts';

export type SourceKind = ReturnType<typeof graphql.scalar<'SourceKind'>>;

interface Source {
  readonly kind: SourceKind;
  readonly name: string;
  readonly icon: Icon;
  /** When to pick it. */
  readonly about: string;
}

export const sources: readonly Source[] = [
  {
    kind: 'ALERTMANAGER',
    name: 'Alertmanager',
    icon: IconBell,
    about: 'You run Alertmanager: a webhook receiver beside the ones you have.',
  },
  {
    kind: 'PROMETHEUS',
    name: 'Prometheus',
    icon: IconFlame,
    about: 'Prometheus, vmalert or a Loki ruler send here directly, as to an Alertmanager.',
  },
  { kind: 'SIGNOZ', name: 'SigNoz', icon: IconTelescope, about: 'A webhook notification channel of SigNoz.' },
  {
    kind: 'GENERIC',
    name: 'Generic JSON',
    icon: IconBraces,
    about: 'Anything that can send an HTTP request: a script, a cron job, a CI run.',
  },
];

export function sourceOf(kind: SourceKind): Source {
  const found = sources.find((source) => source.kind === kind);
  if (!found) throw new Error(`${kind} has no entry among the sources`);
  return found;
}
