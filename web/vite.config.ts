import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './precompress.ts';

const server = 'http://127.0.0.1:4000';

export const config = defineConfig({
  base: '/',
  plugins: [react(), precompress()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', sourcemap: false },
  server: {
    proxy: {
      '/graphql': { target: server, ws: true },
      '/webhooks': { target: server },
      '/auth': { target: server },
      '/attachments': { target: server },
      '/export': { target: server },
    },
  },
});

// Vite reads its configuration from the default export; there is no named form.
export default config;
