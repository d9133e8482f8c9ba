import { Button, Group } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from 'urql';
import { refetchAll } from '../graphql/refetching.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useAct } from '../ui/useAct.ts';
import { applyConfiguration, exportConfigurationQuery } from './configurationQueries.ts';
import { DocumentImport } from './DocumentImport.tsx';
import { downloadText } from './downloadText.ts';
import './sidePanels.css';

function Export() {
  const [{ data }] = useQuery({
    query: exportConfigurationQuery,
    variables: {},
    requestPolicy: 'cache-and-network',
  });
  const text = data?.exportConfiguration;
  return (
    <section>
      <h3 className="side-subtitle">As it is now</h3>
      <p className="side-text muted">
        Rules, services, teams, schedules, policies, types and whatever else is set up here, in one file to be kept with
        your code. Secrets and people are not in it.
      </p>
      {text !== undefined && (
        <>
          <Group gap="xs">
            <Button
              variant="default"
              size="xs"
              leftSection={<IconDownload size={14} stroke={1.8} aria-hidden="true" />}
              onClick={() => downloadText('tocsin.yaml', text)}
            >
              Download tocsin.yaml
            </Button>
            <CopyButton text={text} label="Copy the configuration" />
          </Group>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard has to reach it */}
          <pre className="side-code" tabIndex={0} aria-label="The configuration">
            {text}
          </pre>
        </>
      )}
    </section>
  );
}

/** The configuration as one file, out and in. */
export function ConfigurationPanel() {
  const { act } = useAct();
  const run = async (document: string, dryRun: boolean) => {
    const result = await act(applyConfiguration, { document, dryRun }, dryRun ? undefined : 'Configuration applied');
    return result?.applyConfiguration ?? null;
  };
  return (
    <div className="side">
      <Export />
      <section>
        <h3 className="side-subtitle">Apply a file</h3>
        <DocumentImport
          label="Configuration"
          description="YAML, as exported above. Nothing changes before you have seen what would."
          placeholder={'rules:\n  - name: Payments\n    match: labels.team == "payments"'}
          run={run}
          onApplied={refetchAll}
        />
      </section>
    </div>
  );
}
