import { defineConfig } from 'vite';

/** The simulator's page. JSX is set in tsconfig.json; where it is built to, the build script says. */
export default defineConfig({
  build: {
    // Two renderers of cards in one file, loaded from this computer: splitting it would win nothing.
    chunkSizeWarningLimit: 2000,
  },
  server: {
    // For working on the page beside a running service: npx vite src/simulator/page
    proxy: { '/simulator': { target: 'http://127.0.0.1:3000', changeOrigin: true } },
  },
});
