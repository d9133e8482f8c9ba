import { Button, Modal } from '@mantine/core';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../live/useRefetchOnChanges.ts';
import { useRefetchEvery } from '../rules/useRefetchEvery.ts';
import { useCommands } from '../shell/commands.ts';
import { Failed, NothingYet, SkeletonRows } from '../ui/states.tsx';
import { counted } from '../ui/words.ts';
import { ImportServices } from './ImportServices.tsx';
import { MapTable, NeighbourList } from './MapTable.tsx';
import { byUrgency, isBurning, matchesService } from './serviceFilter.ts';
import { ServiceForm } from './ServiceForm.tsx';
import { ServiceList } from './ServiceList.tsx';
import { ServiceMap } from './ServiceMap.tsx';
import { ServicesToolbar } from './ServicesToolbar.tsx';
import './services.css';
import { type ServiceRow, servicesQuery } from './servicesQueries.ts';
import { type ServiceControls, useServiceSearch } from './useServiceSearch.ts';

const refreshMs = 15_000;

function Head({ services, change }: Pick<ServiceControls, 'change'> & { readonly services: readonly ServiceRow[] }) {
  const burning = services.filter(isBurning).length;
  return (
    <header className="services-head">
      <h1 className="screen-title">Services</h1>
      <span className="muted">
        {counted(services.length, 'service')}
        {burning > 0 && `, ${burning} with something open`}
      </span>
      <div className="services-head-do">
        <Button
          variant="default"
          leftSection={<IconFileImport size={16} stroke={1.7} aria-hidden="true" />}
          onClick={() => change({ dialog: 'import' })}
        >
          Import
        </Button>
        <Button
          leftSection={<IconPlus size={16} stroke={2} aria-hidden="true" />}
          onClick={() => change({ dialog: 'add' })}
        >
          Add service
        </Button>
      </div>
    </header>
  );
}

function None() {
  return (
    <NothingYet title="No service is known yet">
      With services and their dependencies, alerts of neighbours join one incident and its probable origin is named.
      Import a YAML or JSON file, or add the first by hand.
    </NothingYet>
  );
}

interface ShownProps extends ServiceControls {
  readonly services: readonly ServiceRow[];
}

function Shown({ services, search, change }: ShownProps) {
  const shown = useMemo(
    () => services.filter((service) => matchesService(service, search)).toSorted(byUrgency),
    [services, search],
  );
  const names = useMemo(() => new Set(shown.map(({ name }) => name)), [shown]);
  const known = useMemo(() => new Set(services.map(({ name }) => name)), [services]);
  if (search.view === 'map') {
    return (
      <>
        <ServiceMap services={services} shown={names} />
        <NeighbourList services={shown} known={known} />
        <MapTable services={shown} known={known} />
      </>
    );
  }
  if (shown.length > 0) return <ServiceList services={shown} />;
  return (
    <div>
      <NothingYet title="No service matches">Take a filter away to see more.</NothingYet>
      <p className="services-clear">
        <Button
          variant="default"
          onClick={() => change({ text: undefined, team: undefined, environment: undefined, burning: undefined })}
        >
          Clear the filters
        </Button>
      </p>
    </div>
  );
}

/** What can fail, whose it is and what it needs: as a list and as a map, with its health now. */
export function ServicesScreen() {
  const controls = useServiceSearch();
  const { search, change } = controls;
  const { data, error, refetch } = useLiveQuery({ query: servicesQuery, variables: {} });
  useRefetchOnChanges(refetch, { everyMs: 2_000 });
  useRefetchEvery(refetch, refreshMs);
  useCommands([
    { id: 'services.add', label: 'Add a service', key: 'c', run: () => change({ dialog: 'add' }) },
    { id: 'services.import', label: 'Import services', run: () => change({ dialog: 'import' }) },
    { id: 'services.map', label: 'Dependency map', run: () => change({ view: 'map' }) },
  ]);
  if (!data) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={10} />;
  const { services } = data;
  const close = () => change({ dialog: undefined });
  return (
    <div className="services">
      <Head services={services} change={change} />
      {services.length === 0 ? (
        <None />
      ) : (
        <>
          <ServicesToolbar services={services} {...controls} />
          <Shown services={services} {...controls} />
        </>
      )}
      <Modal opened={search.dialog === 'add'} onClose={close} title="Add a service" size="lg">
        <ServiceForm edited={null} names={services.map(({ name }) => name)} onClose={close} onSaved={refetch} />
      </Modal>
      <Modal opened={search.dialog === 'import'} onClose={close} title="Import services" size="xl">
        <ImportServices onApplied={refetch} />
      </Modal>
    </div>
  );
}
