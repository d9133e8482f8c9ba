import type { MaintenanceState, MaintenanceWindow } from '@tocsin/schema/domain/maintenance';
import { MaintenanceStateEnum } from '@tocsin/schema/graphql/enums';
import {
  MaintenanceInput,
  MaintenancePreviewObject,
  MaintenanceWindowObject,
} from '@tocsin/schema/graphql/maintenance';
import { loadEndedWindows, loadLiveWindows } from '@tocsin/schema/postgres/maintenance';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../context.js';
import { definitionOfInput } from './maintenanceInput.js';
import { previewOf, type MaintenancePreview } from './maintenancePreview.js';
import { type MaintenanceView, viewOf } from './maintenanceView.js';

const mostEnded = 200;
const order: Readonly<Record<MaintenanceState, number>> = { active: 0, upcoming: 1, ended: 2 };

@Resolver(() => MaintenanceWindowObject)
export class MaintenanceQueriesResolver {
  @Query(() => [MaintenanceWindowObject], {
    description: 'Active ones first, then upcoming ones by when they begin, then the 200 that ended last.',
  })
  async maintenanceWindows(
    @Arg('state', () => MaintenanceStateEnum, { nullable: true }) state: MaintenanceState | null | undefined,
    @Ctx() { services: { pool } }: ApiContext,
  ): Promise<readonly MaintenanceView[]> {
    const now = Date.now();
    const [live, ended] = await Promise.all([
      loadLiveWindows(pool),
      state == null || state === 'ended' ? loadEndedWindows(pool, mostEnded) : [],
    ]);
    const views = [...live.windows, ...ended].map((window) => viewOf(window, now));
    return views
      .filter((view) => state == null || view.state === state)
      .toSorted((a, b) => order[a.state] - order[b.state] || beginOf(a) - beginOf(b));
  }

  @Query(() => MaintenancePreviewObject, { description: 'What such a window would match, before it is created.' })
  previewMaintenance(
    @Arg('input', () => MaintenanceInput) input: MaintenanceInput,
    @Ctx() { services }: ApiContext,
  ): Promise<MaintenancePreview> {
    return previewOf(services.pool, definitionOfInput(input), Date.now());
  }

  @FieldResolver()
  suppressedAlertCount(@Root() window: MaintenanceWindow, @Ctx() { loaders }: ApiContext): Promise<number> {
    return loaders.suppressedAlertCount.load(window.id);
  }
}

function beginOf({ state, occurrenceStartsAt, endsAt }: MaintenanceView): number {
  return state === 'ended' ? -(endsAt ?? 0) : (occurrenceStartsAt ?? 0);
}
