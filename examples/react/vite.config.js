import { defineConfig } from 'vite';

// React and visavis in one file are half a megabyte before compression.
export default defineConfig({ build: { target: 'es2022', chunkSizeWarningLimit: 600 } });
