import type { Severity } from '../../graphql/graphql.ts';
import { reportFields, type ReportType } from './reportQuery.ts';

/** What `datetime-local` wants: local time to the minute. */
function localMinute(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export interface Draft {
  readonly title: string;
  readonly description: string;
  /** Null: the type's default. */
  readonly severity: Severity | null;
  readonly type: string;
  readonly services: readonly string[];
  readonly environment: string;
  readonly startedAt: string;
  readonly fields: Readonly<Record<string, string>>;
}

export const emptyDraft = (): Draft => ({
  title: '',
  description: '',
  severity: null,
  type: 'operational',
  services: [],
  environment: 'production',
  startedAt: localMinute(new Date()),
  fields: {},
});

/** Of the fields only those that the type asks for: what was typed for another type stays behind. */
export function inputOf(draft: Draft, type: ReportType | undefined) {
  const given = reportFields(type).flatMap(({ key }) => {
    const value = draft.fields[key]?.trim() ?? '';
    return value === '' ? [] : [{ key, value }];
  });
  return {
    title: draft.title.trim(),
    description: draft.description.trim() || null,
    severity: draft.severity,
    type: draft.type,
    services: [...draft.services],
    environment: draft.environment.trim() || null,
    impactStartedAt: new Date(draft.startedAt).toISOString(),
    customFields: given,
  };
}

/** Several names pasted or typed in one go become several services, each once. */
export function separated(services: readonly string[]): readonly string[] {
  return [...new Set(services.flatMap((each) => each.split(',')).map((each) => each.trim()))].filter(Boolean);
}
