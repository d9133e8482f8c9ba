import { z } from 'zod';
import { type CatalogueService, defaultServiceKind, nameKey, tidyService } from './service.js';
import { readYaml } from './yamlText.js';

/** What is stated of a service: what is left out stays as it is, null takes a value away. */
export type ServicePatch = { readonly name: string } & {
  readonly [K in Exclude<keyof CatalogueService, 'name'>]?: CatalogueService[K] | null | undefined;
};

export type ParsedServices =
  { readonly ok: true; readonly patches: readonly ServicePatch[] } | { readonly ok: false; readonly message: string };

const text = z.string().nullish();
const list = z.array(z.string()).nullish();
const patch = z.object({
  name: z.string().trim().min(1),
  kind: text,
  environments: list,
  namespace: text,
  team: text,
  tier: z.number().nullish(),
  runbookUrl: text,
  aliases: list,
  dependsOn: list,
  escalationPolicy: text,
});
const patches = z.array(patch);

/**
 * Reads a catalogue: YAML or JSON, a list of services or an object with `services`. Fields that we do not know are ignored,
 * so that what another tool exports can be taken as it is.
 */
export function parseServiceDocument(source: string): ParsedServices {
  try {
    return parseServices(readDocument(source));
  } catch (error) {
    // The first line says what and where; the others draw it.
    return { ok: false, message: (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '' };
  }
}

function readDocument(source: string): unknown {
  try {
    // Every JSON is YAML too, but a large one is read some twenty times faster as what it is.
    return JSON.parse(source);
  } catch {
    return readYaml(source);
  }
}

/** As {@link parseServiceDocument}, of what was parsed already. */
export function parseServices(value: unknown): ParsedServices {
  const isWrapped = typeof value === 'object' && value !== null && 'services' in value;
  const parsed = patches.safeParse(isWrapped ? value.services : value);
  if (!parsed.success) return { ok: false, message: faultOf(parsed.error) };
  const names = new Set<string>();
  for (const { name } of parsed.data) {
    if (names.has(nameKey(name))) return { ok: false, message: `${name} stands twice.` };
    names.add(nameKey(name));
  }
  return { ok: true, patches: parsed.data };
}

function faultOf(error: z.ZodError): string {
  const [issue] = error.issues;
  const place = ['services', ...(issue?.path ?? [])]
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? String(part) : `.${String(part)}`))
    .join('');
  return `${place}: ${issue?.message ?? 'is no list of services'}.`;
}

/** The service that the patch makes of what was there (null: nothing). */
export function applyPatch(before: CatalogueService | null, change: ServicePatch): CatalogueService {
  const value = <K extends keyof CatalogueService>(
    stated: CatalogueService[K] | null | undefined,
    stored: CatalogueService[K] | undefined,
    none: CatalogueService[K],
  ): CatalogueService[K] => (stated === undefined ? (stored ?? none) : (stated ?? none));
  return tidyService({
    name: change.name,
    kind: value<'kind'>(change.kind, before?.kind, defaultServiceKind),
    environments: value<'environments'>(change.environments, before?.environments, []),
    namespace: value<'namespace'>(change.namespace, before?.namespace, null),
    team: value<'team'>(change.team, before?.team, null),
    tier: value<'tier'>(change.tier, before?.tier, null),
    runbookUrl: value<'runbookUrl'>(change.runbookUrl, before?.runbookUrl, null),
    aliases: value<'aliases'>(change.aliases, before?.aliases, []),
    dependsOn: value<'dependsOn'>(change.dependsOn, before?.dependsOn, []),
    escalationPolicy: value<'escalationPolicy'>(change.escalationPolicy, before?.escalationPolicy, null) ?? null,
  });
}
