import { Button, Menu, Modal } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay } from '../../session/viewer.ts';
import { useAct } from '../../ui/useAct.ts';
import { missingFor, RequiredFields, type StatusChoice } from './RequiredFields.tsx';
import { changeStatus, type IncidentWork } from './workQuery.ts';

/** Where the workflow leads next; what is not possible says why. */
export function StatusMenu({ incident }: { readonly incident: IncidentWork }) {
  const [asked, setAsked] = useState<StatusChoice | null>(null);
  const { act, isActing } = useAct();
  const may = useMay();
  const choose = (choice: StatusChoice) => {
    if (missingFor(incident, choice).length > 0) return setAsked(choice);
    const { id, version } = incident;
    void act(changeStatus, { id, status: choice.status.key, fields: null, version });
  };
  const hasChoices = incident.nextStatuses.length > 0 && may('Mutation.changeIncidentStatus');
  if (!hasChoices) return <strong>{incident.status.title}</strong>;
  return (
    <>
      <Menu position="bottom-start" width={280}>
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            loading={isActing}
            rightSection={<IconChevronDown size={14} stroke={1.8} aria-hidden="true" />}
            aria-label={`Status: ${incident.status.title}. Change it`}
          >
            {incident.status.title}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Move to</Menu.Label>
          {incident.nextStatuses.map((choice) => (
            <Menu.Item key={choice.status.key} disabled={!choice.isAllowed} onClick={() => choose(choice)}>
              {choice.status.title}
              {choice.because !== null && <span className="work-because">{choice.because}</span>}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={asked !== null} onClose={() => setAsked(null)} title={`Before ${asked?.status.title ?? ''}`}>
        {asked !== null && <RequiredFields incident={incident} choice={asked} onClose={() => setAsked(null)} />}
      </Modal>
    </>
  );
}
