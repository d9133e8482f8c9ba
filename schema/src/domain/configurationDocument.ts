import { furtherSections } from './configuration/sections.js';
import { DomainFailure } from './errors.js';
import { type MaintenanceDefinition, maintenanceKinds } from './maintenance.js';
import type { CorrelationRule } from './rule.js';
import { parseRuleDocument, ruleYaml } from './ruleDocument.js';
import type { RuleInput } from './ruleInput.js';
import { type CatalogueService, tidyService } from './service.js';
import { serviceYaml } from './serviceDiff.js';
import { applyPatch, parseServices } from './serviceDocument.js';
import { readYaml } from './yamlText.js';
import { stringify } from 'yaml';
import { z } from 'zod';

/** The configuration as it stands. */
export interface Configuration {
  readonly rules: readonly CorrelationRule[];
  /** Those that have not ended. */
  readonly maintenance: readonly MaintenanceDefinition[];
  readonly services: readonly CatalogueService[];
}

/** What a file states. A section that it leaves out stays as it is; one that it has is the whole of it. */
export interface StatedConfiguration {
  readonly rules: readonly RuleInput[] | null;
  readonly maintenance: readonly MaintenanceDefinition[] | null;
  readonly services: readonly CatalogueService[] | null;
  /** The sections of {@link furtherSections} that it has, as they were read: whoever knows them looks at them. */
  readonly further: ReadonlyMap<string, unknown>;
}

/** The same configuration gives the same text, and applying it changes nothing. */
export function printConfiguration({ rules, maintenance, services }: Configuration): string {
  const section = (name: string, items: readonly object[]) => stringify({ [name]: items }, { lineWidth: 0 });
  return [
    section('rules', rules.map(ruleYaml)),
    section('maintenance', maintenance.map(maintenanceYaml)),
    section(
      'services',
      services.map((service) => serviceYaml(tidyService(service))),
    ),
  ].join('\n');
}

/** The window as it stands in a file: without what it does not state, times as RFC 3339. */
function maintenanceYaml(window: MaintenanceDefinition): Readonly<Record<string, unknown>> {
  const { kind, name, comment, match, startsAt, endsAt, rrule, timeZone, durationSeconds } = window;
  const times = { startsAt: isoOf(startsAt), endsAt: endsAt === null ? null : isoOf(endsAt) };
  const all = { kind, name, comment, match, ...times, rrule, timeZone, durationSeconds };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

function isoOf(time: number): string {
  return new Date(time).toISOString();
}

const sections: ReadonlySet<string> = new Set(['rules', 'maintenance', 'services', ...furtherSections]);
const longestDocument = 4 * 1024 * 1024;

/** @throws DomainFailure INVALID_INPUT with the place of what is wrong */
export function parseConfiguration(text: string): StatedConfiguration {
  if (text.length > longestDocument) throw refuse('document', 'The document is larger than 4 MiB.');
  const stated = mapOf(text);
  const unknown = Object.keys(stated).find((key) => !sections.has(key));
  if (unknown !== undefined) {
    throw refuse('document', `There is no section ${unknown.slice(0, 60)}: there are ${[...sections].join(', ')}.`);
  }
  const { rules = null, maintenance = null, services = null, ...others } = stated;
  return {
    rules: rules === null ? null : rulesOf(rules),
    maintenance: maintenance === null ? null : windowsOf(maintenance),
    services: services === null ? null : servicesOf(services),
    further: new Map(Object.entries(others).filter(([, value]) => value !== null)),
  };
}

function mapOf(text: string): Readonly<Record<string, unknown>> {
  const map = z.record(z.string(), z.unknown()).safeParse(valueOf(text));
  if (!map.success) throw refuse('document', `It must have sections: ${[...sections].join(', ')}.`);
  return map.data;
}

function valueOf(text: string): unknown {
  try {
    return readYaml(text);
  } catch (error) {
    throw refuse('document', `It cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function rulesOf(value: unknown): readonly RuleInput[] {
  const parsed = parseRuleDocument(value);
  if (!parsed.isValid) throw refuse(parsed.field, parsed.message);
  return parsed.inputs;
}

function servicesOf(value: unknown): readonly CatalogueService[] {
  const parsed = parseServices(value);
  if (!parsed.ok) throw refuse('services', parsed.message);
  return parsed.patches.map((patch) => applyPatch(null, patch));
}

const text = z.string().nullish();
const time = z.iso.datetime({ offset: true }).transform((iso) => Date.parse(iso));
const windowShape = z.strictObject({
  kind: z.enum(maintenanceKinds).default('window'),
  name: z.string(),
  comment: text,
  match: z.string(),
  startsAt: time,
  endsAt: time.nullish(),
  rrule: text,
  timeZone: text,
  durationSeconds: z.int().nullish(),
});

function windowsOf(value: unknown): readonly MaintenanceDefinition[] {
  const parsed = z.array(windowShape).safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = (issue?.path ?? [])
      .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
      .join('');
    throw refuse(`maintenance${path}`, `maintenance${path}: ${issue?.message ?? 'is no list of windows'}.`);
  }
  return parsed.data.map((window) => ({
    ...window,
    comment: window.comment ?? null,
    endsAt: window.endsAt ?? null,
    rrule: window.rrule ?? null,
    timeZone: window.timeZone ?? null,
    durationSeconds: window.durationSeconds ?? null,
  }));
}

function refuse(field: string, message: string): DomainFailure {
  return new DomainFailure({ code: 'INVALID_INPUT', field, message });
}

/** The window's lines in a file, for a diff. */
export function maintenanceLines(window: MaintenanceDefinition): readonly string[] {
  return stringify(maintenanceYaml(window), { lineWidth: 0 }).trimEnd().split('\n');
}
