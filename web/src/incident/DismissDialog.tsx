import { Button, Group, Modal, Radio, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { DismissReason } from '../graphql/graphql.ts';
import { dismissIncident } from '../graphql/incidentMutations.ts';
import { useAct } from '../ui/useAct.ts';
import { dismissReasons, dismissWords } from '../ui/words.ts';
import type { DialogProps } from './AssignDialog.tsx';

function DismissForm({ incident, onClose }: Omit<DialogProps, 'isOpen'>) {
  const [reason, setReason] = useState<DismissReason>('FALSE_ALARM');
  const [comment, setComment] = useState('');
  const { act, isActing } = useAct();
  const dismiss = async () => {
    const { id, version: expectedVersion, reference } = incident;
    const variables = { id, reason, comment: comment.trim() || null, expectedVersion };
    if (await act(dismissIncident, variables, `${reference} dismissed`)) onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void dismiss();
      }}
    >
      <Radio.Group
        label="Why is this no incident?"
        description="It ends, and counts in the share of false alarms."
        value={reason}
        onChange={(value) => setReason(dismissReasons.find((each) => each === value) ?? reason)}
      >
        <Stack gap="xs" mt="sm">
          {dismissReasons.map((each) => (
            <Radio key={each} value={each} label={dismissWords[each]} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        mt="md"
        label="Comment"
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        autosize
        minRows={2}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" color="red" loading={isActing}>
          Dismiss
        </Button>
      </Group>
    </form>
  );
}

export function DismissDialog({ incident, isOpen, onClose }: DialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Dismiss ${incident.reference}`}>
      <DismissForm incident={incident} onClose={onClose} />
    </Modal>
  );
}
