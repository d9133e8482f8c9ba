import type { SourceKind } from '@tocsin/schema/domain/source';
import { loadIntegrations } from '@tocsin/schema/postgres/integration';
import { createIntegration } from '@tocsin/schema/postgres/integrationSecret';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { snippetsOf } from './resolvers/snippets.js';

export interface FirstSecret {
  readonly source: SourceKind;
  readonly secret: string;
}

const names = { alertmanager: 'Alertmanager', prometheus: 'Prometheus', signoz: 'SigNoz' } as const;

/** On an empty system one integration for each common tool, with its secret; later nothing: secrets are stored hashed. */
export async function firstIntegrations(pool: Pool): Promise<readonly FirstSecret[]> {
  if ((await loadIntegrations(pool, null)).length > 0) return [];
  const secrets: FirstSecret[] = [];
  for (const source of ['alertmanager', 'prometheus', 'signoz'] as const) {
    const defaults = { team: null, environment: null, staleAfterSeconds: null, staleAction: null } as const;
    const lists = { ignoreLabels: null, volatileAnnotations: null };
    const { secret } = await createIntegration(pool, { name: names[source], source, ...defaults, ...lists });
    secrets.push({ source, secret });
  }
  return secrets;
}

export interface Welcome {
  readonly url: string;
  readonly ingestUrl: string;
  readonly secrets: readonly FirstSecret[];
  readonly isDemo: boolean;
  /** Creates the admin; null: there is one. */
  readonly setupUrl: string | null;
  /** Signs the demo's admin in; null: there is none. */
  readonly demoUrl: string | null;
}

/** What a start prints: where the dashboard is, and at the first one what to paste into the senders. */
export function welcomeText({ url, ingestUrl, secrets, isDemo, setupUrl, demoUrl }: Welcome): string {
  const parts = [`\n  Tocsin is running.\n\n  Dashboard  ${url}`];
  if (setupUrl !== null) parts.push(`  Create the admin  ${setupUrl}`);
  if (demoUrl !== null) parts.push(`  Sign in to the demo, within a day and once  ${demoUrl}`);
  if (isDemo) parts.push('  The demo plays for ten minutes: a ticket shop loses its payment database.');
  for (const { source, secret } of secrets) {
    for (const snippet of snippetsOf(source, ingestUrl)) {
      const code = snippet.code.replaceAll('{{secret}}', secret).trimEnd();
      parts.push(`  ── ${snippet.title} ${'─'.repeat(Math.max(3, 66 - snippet.title.length))}\n\n${indent(code)}`);
    }
  }
  parts.push(
    secrets.length > 0
      ? '  These secrets are shown this once; Integrations on the dashboard makes new ones.'
      : '  What to paste into your tools stands under Integrations; a new secret is one click there.',
    '  Stop with Ctrl-C; everything is kept.\n',
  );
  return parts.join('\n\n');
}

function indent(code: string): string {
  return code.replaceAll(/^/gm, '      ');
}
