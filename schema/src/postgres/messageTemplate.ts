import type { Queryable } from './pool.js';

export interface StoredTemplate {
  readonly id: number;
  readonly version: number;
  readonly kind: 'notification' | 'stakeholder';
  readonly key: string;
  readonly typeKey: string | null;
  readonly title: string;
  readonly body: string;
}

const columns = `id, version, kind, key, type_key as "typeKey", title, body`;

/** The saved template of a message: that of the incident's type, else that of all; null where the built-in one counts. */
export async function templateOf(db: Queryable, key: string, type: string | null): Promise<StoredTemplate | null> {
  const { rows } = await db.query<StoredTemplate>({
    name: 'message_template_of',
    text: `select ${columns} from message_template
            where kind = 'notification' and key = $1 and (type_key is null or type_key = $2) order by type_key nulls last limit 1`,
    values: [key, type],
  });
  return rows[0] ?? null;
}

export async function listTemplates(db: Queryable, kind: string | null): Promise<readonly StoredTemplate[]> {
  const { rows } = await db.query<StoredTemplate>(
    `select ${columns} from message_template where $1::text is null or kind = $1 order by kind, key, type_key nulls first`,
    [kind],
  );
  return rows;
}

export async function templateById(db: Queryable, id: number): Promise<StoredTemplate | null> {
  const { rows } = await db.query<StoredTemplate>(`select ${columns} from message_template where id = $1 for update`, [
    id,
  ]);
  return rows[0] ?? null;
}

/** Null where another with the same kind, key and type is there. */
export async function insertTemplate(
  db: Queryable,
  template: Omit<StoredTemplate, 'id' | 'version'>,
  by: string,
): Promise<StoredTemplate | null> {
  const { rows } = await db.query<StoredTemplate>(
    `insert into message_template (kind, key, type_key, title, body, updated_by) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning ${columns}`,
    [template.kind, template.key, template.typeKey, template.title, template.body, by],
  );
  return rows[0] ?? null;
}

export async function updateTemplate(
  db: Queryable,
  id: number,
  { title, body }: Pick<StoredTemplate, 'title' | 'body'>,
  by: string,
): Promise<StoredTemplate | null> {
  const { rows } = await db.query<StoredTemplate>(
    `update message_template set title = $2, body = $3, updated_by = $4, updated_at = now(), version = version + 1
      where id = $1 returning ${columns}`,
    [id, title, body, by],
  );
  return rows[0] ?? null;
}

export async function deleteTemplate(db: Queryable, id: number): Promise<void> {
  await db.query('delete from message_template where id = $1', [id]);
}
