/** The five levels, most severe first. Storage keeps the rank (0 = critical), so sorting and "at least" need no case. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

/** 0 for critical … 4 for info. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}

/** The severity of a stored rank; ranks outside 0–4 are clamped. */
export function severityOfRank(rank: number): Severity {
  return severities[Math.min(Math.max(rank, 0), severities.length - 1)] ?? 'info';
}

export function isMoreSevere(a: Severity, b: Severity): boolean {
  return severityRank(a) < severityRank(b);
}

export function mostSevere(found: readonly Severity[], otherwise: Severity): Severity {
  return found.reduce((worst, s) => (isMoreSevere(s, worst) ? s : worst), found[0] ?? otherwise);
}

/** Words that senders use, in lower case: Prometheus mixins, PagerDuty, Sentry, Datadog, Grafana, syslog, P1–P5. */
const words: ReadonlyMap<string, Severity> = new Map([
  ...['critical', 'crit', 'page', 'fatal', 'emergency', 'emerg', 'disaster', 'p1', 'sev1', 'sev-1', '1'].map(
    (w) => [w, 'critical'] as const,
  ),
  ...['high', 'error', 'err', 'major', 'alert', 'p2', 'sev2', 'sev-2', '2'].map((w) => [w, 'high'] as const),
  ...['medium', 'warning', 'warn', 'average', 'moderate', 'p3', 'sev3', 'sev-3', '3'].map(
    (w) => [w, 'medium'] as const,
  ),
  ...['low', 'minor', 'notice', 'ticket', 'p4', 'sev4', 'sev-4', '4'].map((w) => [w, 'low'] as const),
  ...['info', 'information', 'informational', 'none', 'debug', 'ok', 'success', 'p5', 'sev5', 'sev-5', '5'].map(
    (w) => [w, 'info'] as const,
  ),
]);

/** The level of a sender's word; an unknown or missing word is `medium`: neither hidden nor paging. */
export function severityOfWord(word: string | null | undefined): Severity {
  return words.get(word?.trim().toLowerCase() ?? '') ?? 'medium';
}
