import type { IncidentType, IncidentTypeDefinition } from '@tocsin/schema/domain/incidentType';
import { checklistTicks, type ChecklistTick, roleHolders, type RoleHolder } from '@tocsin/schema/postgres/incidentRole';
import { incidentTypes, openIncidentsOfTypes, typeDefinitions, versionKey } from '@tocsin/schema/postgres/incidentType';
import type { Pool } from '@tocsin/schema/postgres/pool';
import DataLoader from 'dataloader';
import { builtInDefinition } from '@tocsin/schema/domain/builtInTypes';

export interface DefinitionKey {
  readonly type: string;
  readonly version: number;
}

export interface TypesLoaders {
  readonly incidentType: DataLoader<string, IncidentType | null>;
  readonly typeDefinition: DataLoader<DefinitionKey, IncidentTypeDefinition, string>;
  readonly openOfType: DataLoader<string, number>;
  readonly roleHolders: DataLoader<number, readonly RoleHolder[]>;
  readonly checklistTicks: DataLoader<number, readonly ChecklistTick[]>;
}

export function createTypesLoaders(pool: Pool): TypesLoaders {
  return {
    incidentType: new DataLoader(async (keys) => {
      // Fifty at most.
      const types = new Map((await incidentTypes(pool)).map((type) => [type.key, type]));
      return keys.map((key) => types.get(key) ?? null);
    }),
    typeDefinition: new DataLoader<DefinitionKey, IncidentTypeDefinition, string>(
      async (keys) => {
        const found = await typeDefinitions(pool, keys);
        return keys.map(({ type, version }) => found.get(versionKey(type, version)) ?? builtInDefinition);
      },
      { cacheKeyFn: ({ type, version }) => versionKey(type, version) },
    ),
    openOfType: new DataLoader(async (keys) => {
      const counts = await openIncidentsOfTypes(pool, keys);
      return keys.map((key) => counts.get(key) ?? 0);
    }),
    roleHolders: new DataLoader(async (ids) => {
      const holders = await roleHolders(pool, ids);
      return ids.map((id) => holders.filter((each) => each.incidentId === id));
    }),
    checklistTicks: new DataLoader(async (ids) => {
      const ticks = await checklistTicks(pool, ids);
      return ids.map((id) => ticks.filter((each) => each.incidentId === id));
    }),
  };
}
