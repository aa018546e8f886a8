import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// A tag that is no component of Vue.
const isCustomElement = (tag) => tag.startsWith('visavis-');

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement } } })],
  build: { target: 'es2022' },
});
