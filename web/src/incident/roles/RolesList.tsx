import { ActionIcon, Checkbox, NativeSelect } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { useQuery } from 'urql';
import { useMay } from '../../session/viewer.ts';
import { useAct } from '../../ui/useAct.ts';
import { useAsked } from '../asked.ts';
import { assignRole, type IncidentWork, removeRole, type RoleState, tickItem } from '../status/workQuery.ts';
import { rolePeopleQuery, roleWords } from './roleWords.ts';

interface RoleProps {
  readonly incident: IncidentWork;
  readonly state: RoleState;
}

function Holders({ incident, state: { role, holders } }: RoleProps) {
  const { act, isActing } = useAct();
  const may = useMay();
  return holders.map(({ personId, handle, name }) => (
    <span key={personId} className="chip work-holder" title={handle}>
      {name}
      {may('Mutation.removeIncidentRole') && (
        <ActionIcon
          size="xs"
          variant="subtle"
          color="gray"
          disabled={isActing}
          aria-label={`Take the role ${roleWords[role]} from ${name}`}
          onClick={() => void act(removeRole, { id: incident.id, role, personId })}
        >
          <IconX size={12} stroke={1.8} />
        </ActionIcon>
      )}
    </span>
  ));
}

function Give({ incident, state: { role, holders } }: RoleProps) {
  const [{ data }] = useQuery({ query: rolePeopleQuery });
  const { act, isActing } = useAct();
  const others = (data?.people ?? []).filter(({ id }) => !holders.some(({ personId }) => personId === id));
  return (
    <NativeSelect
      size="xs"
      aria-label={`Give the role ${roleWords[role]}`}
      disabled={isActing}
      value=""
      onChange={({ currentTarget: { value } }) => {
        if (value !== '') void act(assignRole, { id: incident.id, role, personId: value });
      }}
      data={[
        { value: '', label: holders.length > 0 ? 'And to…' : 'Give to…' },
        ...others.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}

function Checklist({ incident, state: { role, checklist } }: RoleProps) {
  const { act } = useAct();
  if (checklist.length === 0) return null;
  return (
    <ul className="work-checklist" aria-label={`Checklist of the ${roleWords[role].toLowerCase()}`}>
      {checklist.map(({ key, text, tickedBy }) => (
        <li key={key}>
          <Checkbox
            size="xs"
            label={text}
            description={tickedBy === null ? undefined : `by ${tickedBy}`}
            checked={tickedBy !== null}
            onChange={({ currentTarget: { checked } }) =>
              void act(tickItem, { id: incident.id, role, item: key, isTicked: checked })
            }
          />
        </li>
      ))}
    </ul>
  );
}

/** Who does what, with what they are to think of. */
export function RolesList({ incident }: { readonly incident: IncidentWork }) {
  const may = useMay();
  const list = useRef<HTMLUListElement>(null);
  useAsked('role', true, () => list.current?.querySelector('select')?.focus());
  const mayGive = may('Mutation.assignIncidentRole');
  const shown = incident.roles.filter(
    ({ holders, isRequired, checklist }) => mayGive || isRequired || holders.length + checklist.length > 0,
  );
  if (shown.length === 0) return <p className="work-nobody">Nobody has a role yet.</p>;
  return (
    <ul className="work-roles" ref={list}>
      {shown.map((state) => (
        <li key={state.role}>
          <div className="work-role">
            <span>
              {roleWords[state.role]}
              {state.isRequired && state.holders.length === 0 && <span className="work-required"> required</span>}
            </span>
            {mayGive && <Give incident={incident} state={state} />}
            {state.holders.length > 0 && (
              <span className="work-holders">
                <Holders incident={incident} state={state} />
              </span>
            )}
          </div>
          <Checklist incident={incident} state={state} />
        </li>
      ))}
    </ul>
  );
}
