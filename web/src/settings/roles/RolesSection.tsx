import { isAtLeast, type Role as TableRole, roles as tableRoles } from '@tocsin/schema/domain/role';
import { IconCheck } from '@tabler/icons-react';
import { useViewer } from '../../session/viewer.ts';
import { roles, roleWords } from '../../ui/people.ts';
import { type PermissionGroup, permissionGroups, type PermissionRow } from './permissionRows.ts';
import './roles.css';

const summaries = {
  VIEWER: 'sees everything but restricted incidents',
  REPORTER: 'reports incidents as well',
  RESPONDER: 'works on incidents as well: acknowledges, resolves, merges, writes updates',
  MANAGER: 'configures as well: integrations, rules, teams, schedules, channels; invites people',
  ADMIN: 'may everything, also with people and their roles',
} as const;

const wordOf = (role: TableRole): string => roleWords[roles[tableRoles.indexOf(role)] ?? 'VIEWER'];

function Row({ row }: { readonly row: PermissionRow }) {
  return (
    <tr>
      <th scope="row">{row.title}</th>
      {tableRoles.map((role) => (
        <td key={role} className="permission-role">
          {isAtLeast(role, row.from) ? (
            <IconCheck size={16} stroke={2} aria-label="yes" role="img" />
          ) : (
            <span className="muted" aria-label="no" role="img">
              ·
            </span>
          )}
        </td>
      ))}
      <td className="permission-from">{wordOf(row.from)}</td>
      <td className="permission-also muted">{row.also}</td>
    </tr>
  );
}

function Group({ group }: { readonly group: PermissionGroup }) {
  return (
    <section className="panel" aria-label={group.title}>
      <h2 className="panel-title">{group.title}</h2>
      <table className="permissions">
        <thead>
          <tr>
            <th scope="col">What</th>
            {tableRoles.map((role) => (
              <th key={role} scope="col" className="permission-role">
                {wordOf(role)}
              </th>
            ))}
            <th scope="col" className="permission-from">
              From
            </th>
            <th scope="col">Also</th>
          </tr>
        </thead>
        <tbody>
          {group.rows.map((row) => (
            <Row key={row.key} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What each role may, read from the table that the server asks. */
export function RolesSection() {
  const mine = useViewer().person.role;
  return (
    <>
      <p className="settings-intro">
        Each role may all that the ones before it may. Somebody can have a higher role within a team: it counts for what
        belongs to that team.
      </p>
      <dl className="roles panel">
        {roles.map((role) => (
          <div key={role} className="role">
            <dt>
              {roleWords[role]}
              {role === mine && <span className="muted"> (you)</span>}
            </dt>
            <dd>{summaries[role]}</dd>
          </div>
        ))}
      </dl>
      {permissionGroups().map((group) => (
        <Group key={group.title} group={group} />
      ))}
    </>
  );
}
