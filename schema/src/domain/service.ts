import type { DomainError } from './errors.js';
import { httpUrl } from './text.js';

/** Something that can fail, as the catalogue knows it. */
export interface CatalogueService {
  readonly name: string;
  /** `api`, `database`, `queue`, …: a word of the reader's own. */
  readonly kind: string;
  /** Where it runs; empty says nothing about where. */
  readonly environments: readonly string[];
  readonly namespace: string | null;
  readonly team: string | null;
  /** 1 is the most important. */
  readonly tier: number | null;
  readonly runbookUrl: string | null;
  /** Other names that its alerts go by. */
  readonly aliases: readonly string[];
  /** Names of services, or of what the catalogue does not know: somebody else's API is a dependency too. */
  readonly dependsOn: readonly string[];
  /** Name of the escalation policy of its incidents; null leaves it to the team. */
  readonly escalationPolicy?: string | null;
}

/** The catalogue at one version, which every edit moves. */
export interface Catalogue {
  readonly version: number;
  readonly services: readonly CatalogueService[];
}

export const serviceLimits = { services: 5_000, dependsOn: 200, aliases: 50, environments: 50, name: 256 } as const;

export const defaultServiceKind = 'service';

/** Names are equal without regard to case and outer spaces. */
export function nameKey(name: string): string {
  return name.trim().toLowerCase();
}

/** Neither names nor Postgres hold them. */
const unprintable = /\p{Cc}|\p{Cs}/u;

/** What is wrong with one service by itself, or null. */
export function refusalOfService(service: CatalogueService): DomainError | null {
  const { environments, aliases, dependsOn, tier, runbookUrl } = service;
  if (nameKey(service.name) === '') return refuse('name', 'A service needs a name.');
  const names = { environments, aliases, dependsOn };
  for (const field of ['environments', 'aliases', 'dependsOn'] as const) {
    if (names[field].length > serviceLimits[field]) {
      return refuse(field, `${service.name} has more than ${serviceLimits[field]} ${field}.`);
    }
  }
  const { name, kind, namespace, team } = service;
  const texts = [
    name,
    kind,
    namespace ?? '',
    team ?? '',
    service.escalationPolicy ?? '',
    ...environments,
    ...aliases,
    ...dependsOn,
  ];
  if (texts.some((text) => text.length > serviceLimits.name)) {
    return refuse('name', `A name of ${name.slice(0, 60)} is longer than ${serviceLimits.name} characters.`);
  }
  if (texts.some((text) => unprintable.test(text))) {
    return refuse('name', `A name of ${name.slice(0, 60)} holds control characters.`);
  }
  if (tier !== null && !(Number.isInteger(tier) && tier >= 0 && tier <= 9)) {
    return refuse('tier', `The tier of ${service.name} must be a whole number from 0 to 9.`);
  }
  if (runbookUrl !== null && httpUrl(runbookUrl) === null) {
    return refuse('runbookUrl', `The runbookUrl of ${service.name} must be a web address.`);
  }
  return null;
}

/** What is wrong with the services together: too many, or two that go by one name. */
export function refusalOfCatalogue(services: readonly CatalogueService[]): DomainError | null {
  if (services.length > serviceLimits.services) {
    return refuse('services', `The catalogue would have more than ${serviceLimits.services} services.`);
  }
  const owners = new Map<string, string>();
  for (const { name, aliases } of services) {
    for (const known of new Set([name, ...aliases].map(nameKey))) {
      const owner = owners.get(known);
      if (owner !== undefined) {
        return refuse('aliases', `“${known}” would name both ${owner} and ${name}: an alert must find one of them.`);
      }
      owners.set(known, name);
    }
  }
  return null;
}

/** Trimmed, without empty and repeated names (the first spelling is kept), and depending on others only. */
export function tidyService(service: CatalogueService): CatalogueService {
  const aliases = distinct(service.aliases).filter((alias) => nameKey(alias) !== nameKey(service.name));
  const own = new Set([service.name, ...aliases].map(nameKey));
  return {
    name: service.name.trim(),
    kind: service.kind.trim() || defaultServiceKind,
    environments: [...new Set(service.environments.map((each) => each.trim()))].filter((each) => each !== ''),
    namespace: textOrNull(service.namespace),
    team: textOrNull(service.team),
    tier: service.tier,
    runbookUrl: textOrNull(service.runbookUrl),
    aliases,
    dependsOn: distinct(service.dependsOn).filter((target) => !own.has(nameKey(target))),
    escalationPolicy: textOrNull(service.escalationPolicy ?? null),
  };
}

function distinct(names: readonly string[]): readonly string[] {
  const found = new Map<string, string>();
  for (const name of names) {
    const key = nameKey(name);
    if (key !== '' && !found.has(key)) found.set(key, name.trim());
  }
  return [...found.values()];
}

function textOrNull(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

function refuse(field: string, message: string): DomainError {
  return { code: 'INVALID_INPUT', field, message };
}

/** Which services, of all of them, name each one (or an alias of it) as a dependency: by {@link nameKey}, names in order. */
export function dependantsOf(services: readonly CatalogueService[]): ReadonlyMap<string, readonly string[]> {
  const owners = new Map(
    services.flatMap((each) => [each.name, ...each.aliases].map((name) => [nameKey(name), each.name])),
  );
  const dependants = new Map<string, string[]>();
  for (const service of services) {
    const targets = new Set(service.dependsOn.map((target) => nameKey(owners.get(nameKey(target)) ?? target)));
    for (const target of targets) {
      const found = dependants.get(target);
      if (found) found.push(service.name);
      else dependants.set(target, [service.name]);
    }
  }
  return dependants;
}
