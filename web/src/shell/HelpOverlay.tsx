import { Modal } from '@mantine/core';
import { useNavEntries } from '../router/useNavEntries.ts';
import { useStore } from '../ui/createStore.ts';
import { commandStore } from './commands.ts';
import './panels.css';

interface KeyRowProps {
  readonly keys: readonly string[];
  readonly label: string;
}

function KeyRow({ keys, label }: KeyRowProps) {
  return (
    <div className="help-row">
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{label}</dd>
    </div>
  );
}

/** Every key that does something now. */
export function HelpOverlay({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const commands = useStore(commandStore).filter((command) => command.key !== undefined);
  const entries = useNavEntries();
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keyboard" size="md">
      {commands.length > 0 && (
        <>
          <h3 className="help-title">On this screen</h3>
          <dl className="help">
            {commands.map((command) => (
              <KeyRow key={command.id} keys={[command.key ?? '']} label={command.label} />
            ))}
          </dl>
        </>
      )}
      <h3 className="help-title">Everywhere</h3>
      <dl className="help">
        <KeyRow keys={['⌘', 'K']} label="Command palette (Ctrl K)" />
        <KeyRow keys={['?']} label="This help" />
        <KeyRow keys={['Esc']} label="Close what is open" />
        {entries.map((entry) => (
          <KeyRow key={entry.path} keys={['g', entry.goKey]} label={`Go to ${entry.label.toLowerCase()}`} />
        ))}
      </dl>
    </Modal>
  );
}
