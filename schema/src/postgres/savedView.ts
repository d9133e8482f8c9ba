import { DomainFailure } from '../domain/errors.js';
import { missing } from './onCallEdit.js';
import type { Queryable } from './pool.js';

export const viewScreens = ['incidents', 'alerts', 'analytics'] as const;

export interface SavedView {
  readonly id: number;
  readonly personId: number;
  readonly teamId: number | null;
  readonly screen: string;
  readonly name: string;
  /** The query string of the address. */
  readonly search: string;
}

const columns = `id, person_id as "personId", team_id as "teamId", screen, name, search`;
const mostViews = 100;

/** One's own and those that one's teams share, by name. */
export async function viewsFor(db: Queryable, personId: number, screen: string): Promise<readonly SavedView[]> {
  const { rows } = await db.query<SavedView>({
    name: 'saved_view_for',
    text: `select ${columns} from saved_view where screen = $2 and (person_id = $1 or team_id in
             (select team_id from team_member where person_id = $1)) order by lower(name), id limit 300`,
    values: [personId, screen],
  });
  return rows;
}

/** The same name on the same screen is the same view. @throws DomainFailure NOT_FOUND, INVALID_INPUT */
export async function saveView(
  db: Queryable,
  view: Omit<SavedView, 'id'> & { readonly id: number | null },
): Promise<SavedView> {
  const { id, personId, teamId, screen, name, search } = view;
  if (teamId !== null) {
    const { rowCount } = await db.query('select from team_member where person_id = $1 and team_id = $2', [
      personId,
      teamId,
    ]);
    if (rowCount === 0) throw invalid('input.team', 'Views are shared with teams that one is in.');
  }
  if (id !== null) {
    const { rows } = await db.query<SavedView>(
      `update saved_view set name = $3, search = $4, team_id = $5 where id = $1 and person_id = $2 returning ${columns}`,
      [id, personId, name, search, teamId],
    );
    if (rows[0] === undefined) throw missing('view', id);
    return rows[0];
  }
  const { rows } = await db.query<SavedView>(
    `insert into saved_view (person_id, team_id, screen, name, search)
     select $1, $2, $3, $4, $5 where (select count(*) from saved_view where person_id = $1) < ${mostViews}
     on conflict (person_id, screen, name) do update set search = excluded.search, team_id = excluded.team_id returning ${columns}`,
    [personId, teamId, screen, name, search],
  );
  if (rows[0] === undefined) throw invalid('input.name', `At most ${mostViews} views: delete one first.`);
  return rows[0];
}

/** Only one's own. @returns false where there was none */
export async function deleteView(db: Queryable, id: number, personId: number): Promise<boolean> {
  const { rowCount } = await db.query('delete from saved_view where id = $1 and person_id = $2', [id, personId]);
  return (rowCount ?? 0) > 0;
}

function invalid(field: string, message: string): DomainFailure {
  return new DomainFailure({ code: 'INVALID_INPUT', field, message });
}
