import { Checkbox, MultiSelect, NativeSelect, SimpleGrid, Textarea } from '@mantine/core';
import { incidentRoles, roleWords } from '../../incident/roles/roleWords.ts';
import { severities, severityWords } from '../../ui/words.ts';
import { keyOf } from './typeDraft.ts';
import type { Definition } from './typeQueries.ts';
import type { PartProps } from './WorkflowTables.tsx';

type Checklist = Definition['roles'][number]['checklist'];

const limits = [
  { value: '', label: 'Never required' },
  ...severities.map((value) => ({ value, label: `From ${severityWords[value].toLowerCase()}` })),
];

function severityOf(value: string) {
  return severities.find((each) => each === value) ?? null;
}

/** Items keep their keys, so that ticks stay with what they were given for. */
function checklistOf(text: string, before: Checklist): Checklist {
  const items: { key: string; text: string }[] = [];
  for (const line of text.split('\n').slice(0, 50)) {
    const known = before.find((item) => item.text === line && !items.some(({ key }) => key === item.key));
    const taken = [...before, ...items].map(({ key }) => key);
    items.push({ key: known?.key ?? keyOf(line, taken), text: line });
  }
  return text === '' ? [] : items;
}

/** Who is needed at which severity, and what each is to think of. */
export function RolesPart({ definition: { roles }, set }: PartProps) {
  return (
    <ul className="type-rows" aria-label="Roles">
      {incidentRoles.map((role) => {
        const { requiredFrom = null, checklist = [] } = roles.find((each) => each.role === role) ?? {};
        const change = (part: Partial<Definition['roles'][number]>) =>
          set({ roles: [...roles.filter((each) => each.role !== role), { role, requiredFrom, checklist, ...part }] });
        return (
          <li key={role} className="type-row type-row-role">
            <strong>{roleWords[role]}</strong>
            <NativeSelect
              aria-label={`${roleWords[role]} is required`}
              value={requiredFrom ?? ''}
              onChange={({ currentTarget }) => change({ requiredFrom: severityOf(currentTarget.value) })}
              data={limits}
            />
            <Textarea
              aria-label={`Checklist of the ${roleWords[role].toLowerCase()}, one item a line`}
              placeholder="Checklist, one item a line"
              value={checklist.map(({ text }) => text).join('\n')}
              onChange={({ currentTarget }) => change({ checklist: checklistOf(currentTarget.value, checklist) })}
              autosize
              minRows={1}
              maxRows={10}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** What must be done before an incident of the type is closed. */
export function ClosingPart({ definition, set }: PartProps) {
  const { closing, fields, defaultSeverity, updatesNeedApproval } = definition;
  const change = (part: Partial<Definition['closing']>) => set({ closing: { ...closing, ...part } });
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <NativeSelect
        label="A published review is needed"
        value={closing.reviewFrom ?? ''}
        onChange={({ currentTarget }) => change({ reviewFrom: severityOf(currentTarget.value) })}
        data={limits}
      />
      <MultiSelect
        label="Fields that must have a value"
        value={[...closing.fields]}
        onChange={(next) => change({ fields: next })}
        data={fields.map(({ key, title }) => ({ value: key, label: title }))}
      />
      <NativeSelect
        label="Severity of a report that names none"
        value={defaultSeverity}
        onChange={({ currentTarget }) => set({ defaultSeverity: severityOf(currentTarget.value) ?? defaultSeverity })}
        data={severities.map((value) => ({ value, label: severityWords[value] }))}
      />
      <div className="type-checks">
        <Checkbox
          label="Open tasks keep it from being closed"
          checked={closing.openTasks === 'REFUSED'}
          onChange={({ currentTarget }) => change({ openTasks: currentTarget.checked ? 'REFUSED' : 'ALLOWED' })}
        />
        <Checkbox
          label="Updates are approved by another"
          checked={updatesNeedApproval}
          onChange={({ currentTarget }) => set({ updatesNeedApproval: currentTarget.checked })}
        />
      </div>
    </SimpleGrid>
  );
}
