import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './shell/App.tsx';
import { measureGutter } from './theme/measureGutter.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has lost its #root');
measureGutter();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
