import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  // as if the package were installed; an install would need it published or packed
  resolve: {
    alias: { qanat: fileURLToPath(new URL('../../web-runtime/target/npm', import.meta.url)) },
  },
  build: { target: 'esnext', outDir: '../target/vite-app', emptyOutDir: true },
  worker: { format: 'es' },
});
