import { nameKey } from '@tocsin/schema/domain/service';
import { savePolicyIn } from '@tocsin/schema/postgres/escalationPolicyWrite';
import type { Edit } from '@tocsin/schema/postgres/onCallEdit';
import type { Person } from '@tocsin/schema/postgres/person';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { saveRunbookIn } from '@tocsin/schema/postgres/runbook';
import { saveScheduleIn } from '@tocsin/schema/postgres/scheduleWrite';
import { editCatalogueIn, withPatches } from '@tocsin/schema/postgres/serviceWrite';
import { loadStatusPage, saveStatusPageIn } from '@tocsin/schema/postgres/statusPage';
import { saveTeamIn } from '@tocsin/schema/postgres/teamWrite';

const team = 'Ticket shop';

/** Services of the demo's storm, as customers know them. */
const services = [
  { name: 'storefront', title: 'Shop', group: 'Tickets' },
  { name: 'search', title: 'Search', group: 'Tickets' },
  { name: 'checkout', title: 'Checkout', group: 'Paying' },
  { name: 'payments', title: 'Payments', group: 'Paying' },
] as const;

const runbook = `# The payment database is full

Writes fail as soon as the volume has no space left: checkout stops, and orders wait.

- [ ] Look how much is left: \`df -h /var/lib/postgresql\` on payments-db-0
- [ ] Say on the status page that paying does not work
- [ ] Find what grows: \`select pg_size_pretty(sum(size)) from pg_ls_waldir()\`
- [ ] Drop the replication slot that nobody reads any more
- [ ] Grow the volume if that is not enough
- [ ] Watch checkout until the queue is empty
`;

/** The team with its turns, its escalation, its services, a runbook and the status page. The first person is on call now. */
export async function seedTeam(db: Queryable, people: readonly Person[], edit: Edit): Promise<void> {
  const [admin, manager, first, second] = people;
  if (!admin || !manager || !first || !second) return;
  const input = { name: team, description: 'Sells the tickets.', chatUrl: null } as const;
  const members = people.map(({ id, role }) => ({ personId: id, role: role === 'admin' ? 'manager' : role }) as const);
  const { id: teamId } = await saveTeamIn(db, { ...input, escalationPolicyId: null, members }, null, edit);
  const scheduleId = await seedSchedule(db, [admin.id, first.id, second.id], edit);
  const policyId = await seedPolicy(db, scheduleId, manager.id, edit);
  await saveTeamIn(db, { ...input, escalationPolicyId: policyId, members: null }, null, edit);
  await seedServices(db, edit);
  const about = { title: 'The payment database is full', body: runbook, services: ['payments'], types: [] } as const;
  await saveRunbookIn(db, { ...about, id: null, teamId, condition: null }, null, edit);
  await seedStatusPage(db, edit);
}

async function seedSchedule(db: Queryable, members: readonly number[], edit: Edit): Promise<number> {
  const layer = {
    name: 'Week by week',
    startsOn: new Date(edit.now).toISOString().slice(0, 10),
    endsOn: null,
    handoffMinute: 0,
    turnUnit: 'week',
    turnLength: 1,
    members,
    restrictions: [],
  } as const;
  const schedule = await saveScheduleIn(
    db,
    { id: null, name: team, team, timeZone: 'UTC', layers: [layer] },
    null,
    edit,
  );
  return schedule.id;
}

/** Who is on call at once; after five minutes without an answer the manager too; both once more. */
async function seedPolicy(db: Queryable, scheduleId: number, managerId: number, edit: Edit): Promise<number> {
  const step = { mode: 'all', condition: null } as const;
  const policy = await savePolicyIn(
    db,
    {
      id: null,
      name: team,
      team,
      repeatCount: 1,
      unacknowledgeSeconds: null,
      pageWhen: 'severity >= high',
      steps: [
        { ...step, delaySeconds: 0, targets: [{ kind: 'schedule', id: scheduleId }] },
        { ...step, delaySeconds: 300, targets: [{ kind: 'person', id: managerId }] },
      ],
    },
    null,
    edit,
  );
  return policy.id;
}

/** What the catalogue knows already stays as it is. */
async function seedServices(db: Queryable, edit: Edit): Promise<void> {
  await editCatalogueIn(db, {
    ...edit,
    edit: (known) => {
      const names = new Set(known.map(({ name }) => nameKey(name)));
      const missing = services.filter(({ name }) => !names.has(nameKey(name)));
      return withPatches(missing.map(({ name }) => ({ name, team })))(known);
    },
  });
}

async function seedStatusPage(db: Queryable, edit: Edit): Promise<void> {
  const { version } = await loadStatusPage(db);
  const components = services.map(({ name, title, group }) => ({ id: null, service: name, title, group }));
  const page = { isPublic: true, title: team, description: 'How the ticket shop is doing.', needsApproval: false };
  await saveStatusPageIn(db, { ...page, components }, version, edit);
}
