import type { Pool } from '@tocsin/schema/postgres/pool';
import { completeTimer } from '@tocsin/schema/postgres/timer';
import { surfaceAlerts, type SurfaceDeps } from '../surface.js';
import type { Job } from '@tocsin/schema/runtime/timerWorker';

/** An alert has had the time that its rule wants it to last: if it still fires it gets its incident. */
export function holdJob(deps: SurfaceDeps & { readonly pool: Pool }): Job {
  return async (timer) => {
    // First the work, which may run again, then the timer: a crash between the two loses nothing.
    await surfaceAlerts(deps, [Number(timer.key)], 'lasted');
    await completeTimer(deps.pool, timer);
  };
}
