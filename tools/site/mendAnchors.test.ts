import { expect, it } from 'vitest';
import { mendTexts } from './mendAnchors.mjs';

it('mends only links whose anchor is not there, on the same page and on others', () => {
  const mended = mendTexts(
    new Map([
      ['api/a.md', '## Vault\n### VaultExport\n## Same\n## Same\n[a](#vaultexport-1) [b](#same-1) [c](#gone-1) [d](#vault)'],
      ['api/more/b.md', '[a](../a.md#vaultexport-1) [b](../a.md#same-1) [c](../none.md#gone-1)'],
    ]),
  );
  expect([...mended.values()]).toEqual([
    '## Vault\n### VaultExport\n## Same\n## Same\n[a](#vaultexport) [b](#same-1) [c](#gone-1) [d](#vault)',
    '[a](../a.md#vaultexport) [b](../a.md#same-1) [c](../none.md#gone-1)',
  ]);
});
