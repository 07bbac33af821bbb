/** How the renderer is built: one page, served by the app's own protocol or by the team server under one strict Content-Security-Policy. */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { vocabularies } from './scripts/vocabularies.mjs';

export default defineConfig({
  root: path.join(import.meta.dirname, 'renderer'),
  publicDir: path.join(import.meta.dirname, 'renderer/public'),
  base: '/',
  plugins: [react(), vocabularies()],
  worker: { format: 'es', plugins: () => [vocabularies()] },
  build: {
    // Chromium 130 is the fallback runtime's; team members' browsers are from the same year or newer.
    target: ['chrome130', 'firefox132', 'safari18'],
    emptyOutDir: true,
    // Nothing inline: the policy allows no data: fonts and no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
});
