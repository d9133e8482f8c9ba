import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import { IconBookmark, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../graphql/graphql.ts';
import { useViewer } from '../session/viewer.ts';
import { useAct } from '../ui/useAct.ts';

const savedViewsQuery = graphql(`
  query SavedViews($screen: String!) {
    savedViews(screen: $screen) {
      id
      name
      search
      person {
        id
        name
      }
      team {
        id
        name
      }
    }
  }
`);

const saveView = graphql(`
  mutation SaveView($input: SavedViewInput!) {
    saveView(input: $input) {
      id
    }
  }
`);

const deleteView = graphql(`
  mutation DeleteView($id: ID!) {
    deleteView(id: $id)
  }
`);

interface SavedViewsProps {
  readonly screen: 'incidents' | 'alerts';
  /** Shows a view: the query string of the address, without the question mark. */
  readonly onOpen: (search: string) => void;
}

function Save({ screen, onSaved }: { readonly screen: string; readonly onSaved: () => void }) {
  const [name, setName] = useState('');
  const { act, isActing } = useAct();
  const save = async () => {
    const input = { screen, name: name.trim(), search: window.location.search.slice(1) };
    if (!(await act(saveView, { input }, `“${input.name}” saved`))) return;
    setName('');
    onSaved();
  };
  return (
    <form
      className="saved-view-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextInput
        aria-label="Name of the view"
        placeholder="Save what is shown as…"
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => event.stopPropagation()}
      />
      <Button type="submit" variant="default" loading={isActing} disabled={name.trim() === ''}>
        Save
      </Button>
    </form>
  );
}

/** What the list shows now under a name, and the names that are there. */
export function SavedViews({ screen, onOpen }: SavedViewsProps) {
  const [{ data }, refetch] = useQuery({ query: savedViewsQuery, variables: { screen } });
  const viewer = useViewer();
  const { act } = useAct();
  const again = () => refetch({ requestPolicy: 'network-only' });
  const views = data?.savedViews ?? [];
  return (
    <Menu position="bottom-start" width={280} shadow="md" trapFocus={false}>
      <Menu.Target>
        <Button
          variant="default"
          className="toolbar-views"
          leftSection={<IconBookmark size={16} stroke={1.6} aria-hidden="true" />}
        >
          Views
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {views.map((view) => (
          <Menu.Item
            key={view.id}
            onClick={() => onOpen(view.search)}
            rightSection={
              view.person.id === viewer.person.id ? (
                <ActionIcon
                  component="span"
                  variant="subtle"
                  color="gray"
                  aria-label={`Delete the view ${view.name}`}
                  onClick={(event) => {
                    event.stopPropagation();
                    void act(deleteView, { id: view.id }).then((done) => done && again());
                  }}
                >
                  <IconX size={14} aria-hidden="true" />
                </ActionIcon>
              ) : null
            }
          >
            {view.name}
            {view.team && <span className="muted"> · {view.team.name}</span>}
          </Menu.Item>
        ))}
        {views.length > 0 && <Menu.Divider />}
        <Save screen={screen} onSaved={again} />
      </Menu.Dropdown>
    </Menu>
  );
}
