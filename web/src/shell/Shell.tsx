import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { Boot, BootGate } from './Boot.tsx';
import { Header } from './Header.tsx';
import { HelpOverlay } from './HelpOverlay.tsx';
import { LivenessBanner } from './LivenessIndicator.tsx';
import { BottomNav, SideNav } from './Nav.tsx';
import { ResolvePrompt } from './ResolvePrompt.tsx';
import './shell.css';
import { useKeyboard } from './useKeyboard.ts';

/** Comes right behind the first screen, which does not wait for it. */
const Palette = lazy(async () => ({ default: (await import('./Palette.tsx')).Palette }));

function Frame() {
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
        <BootGate>
          <Outlet />
        </BootGate>
      </main>
      <BottomNav />
      <Suspense fallback={null}>
        <Palette onHelp={() => setHelpOpen(true)} />
      </Suspense>
      <HelpOverlay isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
      <ResolvePrompt />
    </div>
  );
}

/** Everything around a screen. */
export function Shell() {
  return (
    <Boot>
      <Frame />
    </Boot>
  );
}
