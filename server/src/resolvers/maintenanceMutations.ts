import { MaintenanceInput, MaintenanceWindowObject } from '@tocsin/schema/graphql/maintenance';
import { createWindow, endWindow, updateWindow } from '@tocsin/schema/postgres/maintenanceCommands';
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql';
import type { ApiContext } from '../context.js';
import { requiredId } from './input.js';
import { definitionOfInput } from './maintenanceInput.js';
import { type MaintenanceView, viewOf } from './maintenanceView.js';

const what = 'maintenance window';

@Resolver()
export class MaintenanceMutationsResolver {
  @Mutation(() => MaintenanceWindowObject, {
    description: 'Alerts that fire already and match are marked too; they stay in the incidents they are in.',
  })
  async createMaintenanceWindow(
    @Arg('input', () => MaintenanceInput) input: MaintenanceInput,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<MaintenanceView> {
    const now = Date.now();
    return viewOf(await createWindow(services.pool, definitionOfInput(input), { actor, now }), now);
  }

  @Mutation(() => MaintenanceWindowObject, {
    description: 'CONFLICT when expectedVersion is not the current one. What it no longer matches surfaces.',
  })
  async updateMaintenanceWindow(
    @Arg('id', () => ID) id: string,
    @Arg('input', () => MaintenanceInput) input: MaintenanceInput,
    @Arg('expectedVersion', () => Int) expectedVersion: number,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<MaintenanceView> {
    const now = Date.now();
    const definition = definitionOfInput(input);
    const edit = { actor, now };
    return viewOf(await updateWindow(services.pool, requiredId(what, id), definition, expectedVersion, edit), now);
  }

  @Mutation(() => MaintenanceWindowObject, { description: 'Ends it now, also one that is yet to begin.' })
  async endMaintenanceWindow(
    @Arg('id', () => ID) id: string,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<MaintenanceView> {
    const now = Date.now();
    return viewOf(await endWindow(services.pool, requiredId(what, id), { actor, now }), now);
  }
}
