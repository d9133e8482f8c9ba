import { DocumentImport } from '../rules/DocumentImport.tsx';
import { useAct } from '../ui/useAct.ts';
import { importServices } from './servicesQueries.ts';

const example = `services:
  - name: checkout
    team: payments
    tier: 1
    environments: [production]
    dependsOn: [cart, payments-api]`;

/** A catalogue from a file: what it adds and changes is shown first. */
export function ImportServices({ onApplied }: { readonly onApplied: () => void }) {
  const { act } = useAct();
  const run = async (document: string, dryRun: boolean) => {
    const result = await act(importServices, { document, dryRun }, dryRun ? undefined : 'Services imported');
    return result?.importServices ?? null;
  };
  return (
    <DocumentImport
      label="Catalogue"
      description="YAML or JSON: a list of services. Services that it does not name stay as they are."
      placeholder={example}
      run={run}
      onApplied={onApplied}
    />
  );
}
