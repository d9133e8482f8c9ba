import { type Permission, permissions } from '@tocsin/schema/domain/permission';
import type { Role } from '@tocsin/schema/domain/role';

export interface PermissionRow {
  readonly key: string;
  /** "Acknowledge incident". */
  readonly title: string;
  /** Each role above may as well. */
  readonly from: Role;
  /** Who may besides, whatever their role, and who may not. */
  readonly also: string;
}

export interface PermissionGroup {
  readonly title: string;
  readonly rows: readonly PermissionRow[];
}

/** In the order of the table; a scope that is not here would be left out, so the compiler asks for each. */
const groupTitles: Readonly<Record<Permission['scope'], string>> = {
  report: 'Report',
  respond: 'Respond to incidents',
  configure: 'Configure',
  administer: 'Administer',
  session: 'One’s own things',
  read: 'Look',
};

const orWords: Readonly<Record<NonNullable<Permission['or']>, string>> = {
  participant: 'who takes part in the incident',
  engaged: 'who works on the incident',
  reporter: 'who reported it',
  author: 'whose it is',
  reviewer: 'the incident’s reviewer',
  self: 'oneself',
};

/** `Mutation.acknowledgeIncident` is "Acknowledge incident"; `Person.email` is "Person: email". */
export function permissionTitle(key: string): string {
  if (key === 'Query.*') return 'Everything else';
  const [type = '', field = ''] = key.split('.');
  const words = field
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/\b(api|csat|kpi)\b/g, (word) => word.toUpperCase());
  const isAction = type === 'Mutation' || type === 'Query' || type === 'Route';
  if (isAction) return words.charAt(0).toUpperCase() + words.slice(1);
  if (type === 'Subscription') return `Live: ${words}`;
  return `${type.replaceAll(/([a-z])([A-Z])/g, '$1 $2')}: ${words.replace(/^is /, '')}`;
}

function alsoOf({ or, and }: Permission): string {
  const who = or === undefined ? '' : orWords[or];
  if (and === undefined) return who;
  return `${who}${who && '; '}never the author`;
}

/** The permission table as people read it, by what it is about. */
export function permissionGroups(): readonly PermissionGroup[] {
  const entries: readonly (readonly [string, Permission])[] = Object.entries(permissions);
  return Object.entries(groupTitles).map(([scope, title]) => ({
    title,
    rows: entries
      .filter(([, permission]) => permission.scope === scope)
      .map(([key, permission]) => ({
        key,
        title: permissionTitle(key),
        from: permission.role,
        also: alsoOf(permission),
      })),
  }));
}
