import { Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { ActorPrompt } from './ActorPrompt.tsx';
import { Boot } from './Boot.tsx';
import { Header } from './Header.tsx';
import { HelpOverlay } from './HelpOverlay.tsx';
import { LivenessBanner } from './LivenessIndicator.tsx';
import { BottomNav, SideNav } from './Nav.tsx';
import { Palette } from './Palette.tsx';
import { ResolvePrompt } from './ResolvePrompt.tsx';
import './shell.css';
import { useKeyboard } from './useKeyboard.ts';

/** Everything around a screen. */
export function Shell() {
  const [isHelpOpen, setHelpOpen] = useState(false);
  useKeyboard(() => setHelpOpen(true));
  return (
    <div className="shell">
      <a href="#main" className="skip-link">
        Skip to the content
      </a>
      <SideNav />
      <Header onHelp={() => setHelpOpen(true)} />
      <main id="main" className="main" tabIndex={-1}>
        <LivenessBanner />
        <Boot>
          <Outlet />
        </Boot>
      </main>
      <BottomNav />
      <Palette />
      <HelpOverlay isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
      <ResolvePrompt />
      <ActorPrompt />
    </div>
  );
}
