import { Button } from '@mantine/core';
import { roleWords } from '../../ui/people.ts';
import { Ago, Until } from '../../ui/Time.tsx';
import { useAct } from '../../ui/useAct.ts';
import { type InvitationRow, revokeInvitation } from './peopleQueries.ts';

interface InvitationsProps {
  readonly invitations: readonly InvitationRow[];
  readonly onChanged: () => void;
}

/** Invitations that nobody has accepted yet. */
export function Invitations({ invitations, onChanged }: InvitationsProps) {
  const { act, isActing } = useAct();
  const revoke = async (id: string) => {
    if (await act(revokeInvitation, { id }, 'Invitation taken back')) onChanged();
  };
  if (invitations.length === 0) return null;
  return (
    <section className="panel" aria-label="Open invitations">
      <h2 className="panel-title">Open invitations</h2>
      <ul className="settings-rows">
        {invitations.map(({ id, email, role, createdBy, createdAt, expiresAt }) => (
          <li key={id} className="settings-row invitation-row">
            <div className="settings-row-main">
              <strong>{email ?? 'Whoever has the link'}</strong>
              <span className="muted">
                {roleWords[role]} · {createdBy && `by ${createdBy.name}, `}
                <Ago at={createdAt} /> · ends <Until at={expiresAt} />
              </span>
            </div>
            <Button
              size="xs"
              variant="default"
              disabled={isActing}
              aria-label={`Take back the invitation of ${email ?? 'whoever has the link'}`}
              onClick={() => void revoke(id)}
            >
              Take back
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
