import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBellOff, IconTool } from '@tabler/icons-react';
import { Allowed } from '../session/Allowed.tsx';
import { exactDuration } from '../rules/durationField.ts';
import { Ago, Until } from '../ui/Time.tsx';
import { useAct } from '../ui/useAct.ts';
import { counted } from '../ui/words.ts';
import { endMaintenanceWindow, type MaintenanceWindow } from './maintenanceQueries.ts';
import { recurrenceWords } from './recurrence.ts';

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });

function When({ window }: { readonly window: MaintenanceWindow }) {
  const starts = window.occurrenceStartsAt ?? window.startsAt;
  const ends = window.occurrenceEndsAt ?? window.endsAt;
  switch (window.state) {
    case 'ACTIVE':
      return ends ? (
        <>
          ends <Until at={ends} />
        </>
      ) : (
        'without an end'
      );
    case 'UPCOMING':
      return (
        <>
          begins <Until at={starts} />
        </>
      );
    case 'ENDED':
      return ends ? (
        <>
          ended <Ago at={ends} />
        </>
      ) : (
        'ended'
      );
  }
}

function scheduleOf({ rrule, timeZone, durationSeconds, startsAt, endsAt, occurrenceStartsAt }: MaintenanceWindow) {
  if (rrule === null) {
    const start = Date.parse(startsAt);
    // A day that both ends share is said once.
    return endsAt === null ? dates.format(start) : dates.formatRange(start, Date.parse(endsAt));
  }
  const at = new Intl.DateTimeFormat(undefined, {
    timeStyle: 'short',
    hourCycle: 'h23',
    ...(timeZone && { timeZone }),
  }).format(Date.parse(occurrenceStartsAt ?? startsAt));
  const length = durationSeconds === null ? '' : ` for ${exactDuration(durationSeconds)}`;
  return `${recurrenceWords(rrule)} at ${at} ${timeZone ?? ''}${length}`;
}

interface EndProps {
  readonly window: MaintenanceWindow;
  readonly onEnded: () => void;
}

function EndButton({ window, onEnded }: EndProps) {
  const [isAsking, ask] = useDisclosure(false);
  const { act, isActing } = useAct();
  const end = async () => {
    if (!(await act(endMaintenanceWindow, { id: window.id }, `${window.name} ended`))) return;
    ask.close();
    onEnded();
  };
  return (
    <>
      <Button variant="default" size="xs" onClick={ask.open}>
        {window.state === 'ACTIVE' ? 'End now' : 'Cancel'}
      </Button>
      <Modal opened={isAsking} onClose={ask.close} title={`End “${window.name}”?`}>
        <p className="maintenance-ask">
          {window.state === 'ACTIVE'
            ? 'What still fires under it surfaces at once, and may page. '
            : 'It will not begin. '}
          {window.rrule !== null && 'It will not come again.'}
        </p>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={ask.close}>
            Keep it
          </Button>
          <Button color="red" loading={isActing} onClick={() => void end()} data-autofocus>
            End it
          </Button>
        </Group>
      </Modal>
    </>
  );
}

interface MaintenanceRowProps {
  readonly window: MaintenanceWindow;
  readonly onEdit: () => void;
  readonly onChanged: () => void;
}

export function MaintenanceRow({ window, onEdit, onChanged }: MaintenanceRowProps) {
  const Sign = window.kind === 'SILENCE' ? IconBellOff : IconTool;
  const isOver = window.state === 'ENDED';
  return (
    <li className="maintenance-row" data-testid="maintenance-row" data-state={window.state}>
      <span className="maintenance-sign" aria-hidden="true">
        <Sign size={17} stroke={1.7} />
      </span>
      <div className="maintenance-what">
        <p className="maintenance-name">
          <strong>{window.name}</strong>
          <span className="muted">
            {window.kind === 'SILENCE' ? 'silence' : 'window'} by {window.owner}
          </span>
        </p>
        <code className="mono maintenance-match">{window.match}</code>
        {window.comment && <p className="muted maintenance-comment">{window.comment}</p>}
      </div>
      <div className="maintenance-when">
        <span className="maintenance-state">
          <When window={window} />
        </span>
        <span className="muted">{scheduleOf(window)}</span>
      </div>
      <span className="maintenance-count muted">
        {(window.state !== 'UPCOMING' || window.suppressedAlertCount > 0) &&
          `${counted(window.suppressedAlertCount, 'alert')} kept quiet`}
      </span>
      <span className="maintenance-do">
        {!isOver && (
          <>
            <Allowed to="Mutation.updateMaintenanceWindow">
              <Button variant="default" size="xs" onClick={onEdit} aria-label={`Edit ${window.name}`}>
                Edit
              </Button>
              <EndButton window={window} onEnded={onChanged} />
            </Allowed>
          </>
        )}
      </span>
    </li>
  );
}
