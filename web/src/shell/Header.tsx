import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconKeyboard, IconSearch } from '@tabler/icons-react';
import { AvatarMenu } from './AvatarMenu.tsx';
import { LivenessIndicator } from './LivenessIndicator.tsx';
import { openPalette } from './openPalette.ts';
import { SchemeToggle } from './SchemeToggle.tsx';

export function Header({ onHelp }: { readonly onHelp: () => void }) {
  return (
    <header className="header">
      <UnstyledButton className="palette-button" onClick={openPalette}>
        <IconSearch size={16} stroke={1.6} aria-hidden="true" />
        <span>Jump to or do…</span>
        <kbd>⌘K</kbd>
      </UnstyledButton>
      <div className="header-end">
        <LivenessIndicator />
        <SchemeToggle />
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          className="help-button"
          aria-label="Keyboard help"
          title="Keyboard help (?)"
          onClick={onHelp}
        >
          <IconKeyboard size={18} stroke={1.6} />
        </ActionIcon>
        <AvatarMenu />
      </div>
    </header>
  );
}
