import type { AlertStatus, Labels, NormalisedAlert } from '@tocsin/schema/domain/alert';
import { severities } from '@tocsin/schema/domain/severity';
import { z } from 'zod';
import { isRecord } from '@tocsin/schema/domain/fields';

const text = z.string().nullable();
const instant = z.number().nullable();
// Handed on as it is: a copy would lose a label named __proto__.
const labels = z.custom<Labels>(
  (value) => isRecord(value) && Object.values(value).every((item) => typeof item === 'string'),
);
const statuses = ['firing', 'resolved'] as const satisfies readonly AlertStatus[];

/**
 * The body of a dead letter that was understood and not stored: our own words. Its source's adapter would read something
 * else from them, and give it another fingerprint.
 */
export const storedAlert = z.object({
  fingerprint: z.string(),
  status: z.enum(statuses),
  severity: z.enum(severities),
  senderSeverity: text,
  title: z.string(),
  summary: text,
  description: text,
  service: text,
  environment: text,
  labels,
  annotations: labels,
  startsAt: instant,
  endsAt: instant,
  generatorUrl: text,
  runbookUrl: text,
  links: z.array(z.object({ title: z.string(), url: z.string() })),
  traceId: text,
  groupKey: text,
  isTest: z.boolean(),
}) satisfies z.ZodType<NormalisedAlert>;
