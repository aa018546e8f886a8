import { expect, it } from 'vitest';
import { mendText } from './mendAnchors.mjs';

it('mends only links whose anchor is not there', () => {
  const text = '## Vault\n### VaultExport\n## Same\n## Same\n[a](#vaultexport-1) [b](#same-1) [c](#gone-1) [d](#vault)';
  expect(mendText(text)).toBe('## Vault\n### VaultExport\n## Same\n## Same\n[a](#vaultexport) [b](#same-1) [c](#gone-1) [d](#vault)');
});
