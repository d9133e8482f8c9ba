import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBook } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { codeOf } from '../graphql/errors.ts';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { Allowed } from '../session/Allowed.tsx';
import { useRefetchOnChanges } from '../live/useRefetchOnChanges.ts';
import { useRefetchEvery } from '../rules/useRefetchEvery.ts';
import { Failed, NotFound, SkeletonRows } from '../ui/states.tsx';
import { useAct } from '../ui/useAct.ts';
import { Health } from './Health.tsx';
import { Dependencies } from './Dependencies.tsx';
import { OpenNow } from './OpenNow.tsx';
import { serviceRoute } from './route.ts';
import { ServiceForm } from './ServiceForm.tsx';
import './service.css';
import './services.css';
import { deleteService, type ServiceDetails, serviceQuery, servicesQuery } from './servicesQueries.ts';

const refreshMs = 15_000;

function DeleteDialog({ service, isOpen, onClose }: { service: ServiceDetails; isOpen: boolean; onClose: () => void }) {
  const { act, isActing } = useAct();
  const navigate = serviceRoute.useNavigate();
  const remove = async () => {
    if (await act(deleteService, { name: service.name }, `${service.name} deleted`))
      await navigate({ to: '/services' });
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Delete ${service.name}?`}>
      <p className="service-ask">
        Its incidents and alerts stay. Its dependencies are forgotten, so alerts no longer join along them.
      </p>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button color="red" loading={isActing} onClick={() => void remove()} data-autofocus>
          Delete
        </Button>
      </Group>
    </Modal>
  );
}

function Head({ service, refetch }: { readonly service: ServiceDetails; readonly refetch: () => void }) {
  const [isEditing, edit] = useDisclosure(false);
  const [isDeleting, remove] = useDisclosure(false);
  const [{ data }] = useQuery({ query: servicesQuery, variables: {}, pause: !isEditing });
  return (
    <header className="service-head">
      <div className="services-head">
        <Link to="/services" className="muted services-back">
          Services
        </Link>
        <span className="muted" aria-hidden="true">
          /
        </span>
        <h1 className="screen-title">{service.name}</h1>
        <Health service={service} />
      </div>
      <Allowed to="Mutation.saveService">
        <div className="services-head-do">
          <Button variant="default" onClick={edit.open}>
            Edit
          </Button>
          <Button variant="default" onClick={remove.open}>
            Delete
          </Button>
        </div>
      </Allowed>
      <Modal opened={isEditing} onClose={edit.close} title={`Edit ${service.name}`} size="lg">
        <ServiceForm
          edited={service}
          names={data?.services.map(({ name }) => name) ?? []}
          onClose={edit.close}
          onSaved={refetch}
        />
      </Modal>
      <DeleteDialog service={service} isOpen={isDeleting} onClose={remove.close} />
    </header>
  );
}

function Runbook({ url }: { readonly url: string | null }) {
  if (url === null) return <span className="muted">none</span>;
  return (
    <a href={url} target="_blank" rel="noreferrer" className="service-runbook">
      <IconBook size={15} stroke={1.7} aria-hidden="true" /> Open the runbook
    </a>
  );
}

function Chips({ values }: { readonly values: readonly string[] }) {
  if (values.length === 0) return <span className="muted">none</span>;
  return values.map((value) => (
    <span key={value} className="chip">
      {value}
    </span>
  ));
}

function Facts({ service }: { readonly service: ServiceDetails }) {
  const { team, tier, kind, namespace, environments, aliases, runbookUrl, owner } = service;
  return (
    <dl className="panel service-facts">
      <div>
        <dt>Team</dt>
        <dd>{team ?? <span className="muted">nobody yet</span>}</dd>
      </div>
      <div>
        <dt>Escalation policy</dt>
        <dd>
          {owner.policy ? (
            <>
              <Link to="/on-call/policies/$policy" params={{ policy: owner.policy.id }} className="service-runbook">
                {owner.policy.name}
              </Link>
              {owner.policyBecause === 'team' && <span className="muted"> of its team</span>}
            </>
          ) : (
            <span className="service-unwatched">nobody is woken</span>
          )}
        </dd>
      </div>
      <div>
        <dt>Tier</dt>
        <dd>{tier ?? <span className="muted">none</span>}</dd>
      </div>
      <div>
        <dt>Kind</dt>
        <dd>{kind}</dd>
      </div>
      <div>
        <dt>Namespace</dt>
        <dd>{namespace ?? <span className="muted">none</span>}</dd>
      </div>
      <div>
        <dt>Environments</dt>
        <dd className="service-chips">
          <Chips values={environments} />
        </dd>
      </div>
      <div>
        <dt>Also called</dt>
        <dd className="service-chips">
          <Chips values={aliases} />
        </dd>
      </div>
      <div>
        <dt>Runbook</dt>
        <dd>
          <Runbook url={runbookUrl} />
        </dd>
      </div>
    </dl>
  );
}

/** One service: whose it is, what to do, what it needs and who needs it, what is open now. */
export function ServiceScreen() {
  const { name } = serviceRoute.useParams();
  const { data, error, refetch } = useLiveQuery({ query: serviceQuery, variables: { name } });
  useRefetchOnChanges(refetch, { everyMs: 2_000 });
  useRefetchEvery(refetch, refreshMs);
  const service = data?.service;
  if (service) {
    return (
      <div className="services">
        <Head service={service} refetch={refetch} />
        <Facts service={service} />
        <div className="service-columns">
          <OpenNow service={service} />
          <Dependencies service={service} />
        </div>
      </div>
    );
  }
  if (error && codeOf(error) !== 'NOT_FOUND') return <Failed error={error} onRetry={refetch} />;
  if (!data && !error) return <SkeletonRows />;
  return (
    <NotFound title={`No service is called ${name}`}>
      <Link to="/services">Go to the services</Link>
    </NotFound>
  );
}
