import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { Failed, SkeletonRows } from '../../ui/states.tsx';
import { useAct } from '../../ui/useAct.ts';
import { AddContact } from './AddContact.tsx';
import { ContactItem } from './ContactItem.tsx';
import { addContact, notificationSettingsQuery } from './notificationQueries.ts';
import { QuietHours } from './QuietHours.tsx';
import { Rules } from './Rules.tsx';
import './howIAmTold.css';
import { browserName, enrolThisBrowser, isPushPossible } from './webPush.ts';

function EnrolBrowser({ pushKey, onAdded }: { readonly pushKey: string; readonly onAdded: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const { act } = useAct();
  const enrol = async () => {
    setAsking(true);
    try {
      const keys = await enrolThisBrowser(pushKey);
      if (keys === null) notifications.show({ message: 'The browser does not allow notifications here.' });
      else if (await act(addContact, { input: { kind: 'WEB_PUSH', name: browserName(), ...keys } })) onAdded();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      notifications.show({ color: 'red', title: 'This browser could not be enrolled', message, role: 'alert' });
    } finally {
      setAsking(false);
    }
  };
  return (
    <Button size="xs" variant="default" loading={isAsking} onClick={() => void enrol()}>
      Notify this browser
    </Button>
  );
}

/** Where the viewer is reached, after how long, and when not. */
export function HowIAmTold() {
  const { data, error, refetch } = useLiveQuery({ query: notificationSettingsQuery, variables: {} });
  const person = data?.viewer.person;
  const settings = person?.notificationSettings;
  if (!person || !settings) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={2} />;
  const bots = data.notificationChannels.filter(({ kind }) => kind === 'SLACK_BOT');
  return (
    <>
      {settings.contacts.length === 0 && (
        <p className="me-note">You are told at the address of your account until you add where else.</p>
      )}
      <ul className="me-rows" aria-label="Contacts">
        {settings.contacts.map((contact) => (
          <ContactItem key={contact.id} contact={contact} onChanged={refetch} />
        ))}
      </ul>
      <div className="told-bar told-part">
        <AddContact bots={bots} onAdded={refetch} />
        {settings.webPushKey !== null && isPushPossible() && (
          <EnrolBrowser pushKey={settings.webPushKey} onAdded={refetch} />
        )}
      </div>
      <Rules key={`r${JSON.stringify(settings.rules)}`} settings={settings} onSaved={refetch} />
      <QuietHours
        key={`q${JSON.stringify(settings.quietHours)}`}
        settings={settings}
        timeZone={person.timeZone}
        onSaved={refetch}
      />
    </>
  );
}
