import type { IntegrationDetails } from './integrationsQueries.ts';

/** What the form holds; texts may be empty, which stands for none. */
export interface Settings {
  readonly name: string;
  readonly environment: string;
  readonly team: string;
  readonly staleAfterMinutes: number;
  readonly staleAction: IntegrationDetails['staleAction'];
  readonly heartbeatMinutes: number | '';
  readonly reconcileUrl: string;
  /** Written, never read back: '' leaves the one that is set. */
  readonly reconcileToken: string;
  /** Of Amazon SNS. */
  readonly topics: readonly string[];
  readonly ignoreLabels: readonly string[];
  readonly volatileAnnotations: readonly string[];
  readonly labelAliases: readonly IntegrationDetails['labelAliases'][number][];
}

export function settingsOf(integration: IntegrationDetails): Settings {
  const { name, environment, team, staleAfterSeconds, staleAction, heartbeatSeconds, reconcileUrl } = integration;
  const { topics, ignoreLabels, volatileAnnotations, labelAliases } = integration;
  return {
    name,
    environment: environment ?? '',
    team: team ?? '',
    staleAfterMinutes: staleAfterSeconds / 60,
    staleAction,
    heartbeatMinutes: heartbeatSeconds === null ? '' : heartbeatSeconds / 60,
    reconcileUrl: reconcileUrl ?? '',
    reconcileToken: '',
    topics,
    ignoreLabels,
    volatileAnnotations,
    labelAliases: labelAliases.map(({ field, label }) => ({ field, label })),
  };
}

/** What the API is told; null takes a value away. */
export function inputOf(settings: Settings) {
  return {
    name: settings.name.trim(),
    environment: settings.environment.trim() || null,
    team: settings.team.trim() || null,
    staleAfterSeconds: Math.round(settings.staleAfterMinutes * 60),
    staleAction: settings.staleAction,
    heartbeatSeconds: settings.heartbeatMinutes === '' ? null : Math.round(settings.heartbeatMinutes * 60),
    reconcileUrl: settings.reconcileUrl.trim() || null,
    ...(settings.reconcileToken !== '' && { reconcileToken: settings.reconcileToken }),
    topics: [...settings.topics],
    ignoreLabels: [...settings.ignoreLabels],
    volatileAnnotations: [...settings.volatileAnnotations],
    labelAliases: settings.labelAliases.flatMap(({ field, label }) =>
      label.trim() === '' ? [] : [{ field, label: label.trim() }],
    ),
  };
}
