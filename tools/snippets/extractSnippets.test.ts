import { expect, it } from 'vitest';
import { extractSnippets } from './extractSnippets.mjs';

it('takes the fences ts, js and html of Markdown, with their lines', () => {
  const text = `# Title

\`\`\`sh
npm start
\`\`\`

\`\`\`ts
const a: number = 1;
\`\`\`

Text with \`\`\`js inside.

\`\`\`html
<link rel="stylesheet" href="a.css" />
<script type="module">
  import { distance } from '/visavis/visavis.js';
</script>
\`\`\`

\`\`\`js
b();
c();
\`\`\`
`;
  expect(extractSnippets('README.md', text)).toEqual([
    { file: 'README.md', line: 8, language: 'ts', code: 'const a: number = 1;\n' },
    { file: 'README.md', line: 16, language: 'js', code: "  import { distance } from 'visavis';\n" },
    { file: 'README.md', line: 21, language: 'js', code: 'b();\nc();\n' },
  ]);
});

it('takes the module scripts of a page', () => {
  const page = `<!doctype html>
<script>classic()</script>
<script type="module">
  import { openVault } from '../dist/visavis.js';
</script>
<script type="module">again();</script>
`;
  expect(extractSnippets('examples/plain.html', page)).toEqual([
    { file: 'examples/plain.html', line: 4, language: 'js', code: "  import { openVault } from 'visavis';\n" },
    { file: 'examples/plain.html', line: 6, language: 'js', code: 'again();' },
  ]);
});

it('takes TSX, and the scripts of Vue and Svelte components', () => {
  const text = `\`\`\`tsx
export const A = () => <p />;
\`\`\`

\`\`\`vue
<script setup lang="ts">
const a: number = 1;
</script>

<template><p>{{ a }}</p></template>
\`\`\`

\`\`\`svelte
<script lang="ts">
  const b = 2;
</script>
\`\`\`
`;
  expect(extractSnippets('docs/a.md', text)).toEqual([
    { file: 'docs/a.md', line: 2, language: 'tsx', code: 'export const A = () => <p />;\n' },
    { file: 'docs/a.md', line: 7, language: 'ts', code: 'const a: number = 1;\n' },
    { file: 'docs/a.md', line: 15, language: 'ts', code: '  const b = 2;\n' },
  ]);
});
