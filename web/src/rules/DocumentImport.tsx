import { Button, FileButton, Group, Textarea } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { ChangeList } from './ChangeList.tsx';
import type { ConfigurationResult } from './configurationQueries.ts';
import './sidePanels.css';

interface DocumentImportProps {
  readonly label: string;
  readonly description: string;
  readonly placeholder: string;
  /** Null when it was refused; the person has then been told why. */
  readonly run: (document: string, isDryRun: boolean) => Promise<ConfigurationResult | null>;
  readonly onApplied: () => void;
}

interface Checked {
  readonly document: string;
  readonly result: ConfigurationResult;
}

function ChooseFile({ onText }: { readonly onText: (text: string) => void }) {
  const read = async (file: File | null) => {
    if (file) onText(await file.text());
  };
  return (
    <FileButton accept=".yaml,.yml,.json,text/yaml,application/json" onChange={(file) => void read(file)}>
      {(props) => (
        <Button {...props} variant="default" leftSection={<IconUpload size={15} stroke={1.7} aria-hidden="true" />}>
          Choose a file
        </Button>
      )}
    </FileButton>
  );
}

/** A file or a pasted text: first what it would change, then, when asked again, the change. */
export function DocumentImport({ label, description, placeholder, run, onApplied }: DocumentImportProps) {
  const [document, setDocument] = useState('');
  const [checked, setChecked] = useState<Checked | null>(null);
  const [isRunning, setRunning] = useState(false);
  const current = checked?.document === document ? checked.result : null;
  const submit = async (isDryRun: boolean) => {
    setRunning(true);
    const result = await run(document, isDryRun);
    setRunning(false);
    if (!result) return;
    setChecked({ document, result });
    if (!isDryRun) onApplied();
  };
  return (
    <div className="document-import">
      <Textarea
        label={label}
        description={description}
        placeholder={placeholder}
        value={document}
        onChange={(event) => setDocument(event.currentTarget.value)}
        minRows={6}
        maxRows={16}
        autosize
        spellCheck={false}
        classNames={{ input: 'mono' }}
      />
      <Group gap="xs">
        <ChooseFile onText={setDocument} />
        <Button
          variant={current ? 'default' : 'filled'}
          disabled={document.trim() === ''}
          loading={isRunning}
          onClick={() => void submit(true)}
        >
          Show what it changes
        </Button>
        {current && !current.isApplied && current.changes.length > 0 && (
          <Button loading={isRunning} onClick={() => void submit(false)}>
            Apply
          </Button>
        )}
      </Group>
      <div role="status">
        {current && (
          <>
            <p className="document-import-said">
              {current.isApplied ? 'Applied:' : current.changes.length === 0 ? '' : 'It would change:'}
            </p>
            <ChangeList changes={current.changes} />
          </>
        )}
      </div>
    </div>
  );
}
