import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { bundledPackages, THIRD_PARTY_LICENSES } from './noticesPlugin.js';
import { thirdPartyText } from './thirdPartyText.js';

const APACHE = join(import.meta.dirname, '../../LICENSE');
const text = (name: string) => readFile(join(import.meta.dirname, 'texts', `${name}.txt`), 'utf8');

/**
 * Packages that come without the license file that their license asks to be kept, and which text in texts/ it is. Where a package is under
 * Apache-2.0 too, that license's text follows.
 */
const WITHOUT_FILE: Record<string, string> = {
  sirv: 'lukeed',
  '@polka/url': 'lukeed',
  seedrandom: 'seedrandom',
  '@bufbuild/protobuf': 'bufbuild-protobuf',
};

/** Writes the notices of everything that the builds have bundled beside the bundles. To stand behind all plugins that build. */
export function thirdPartyPlugin(): Plugin {
  return {
    name: 'visavis:third-party-licenses',
    apply: 'build',
    writeBundle: {
      sequential: true,
      async handler({ dir }) {
        const apache = await readFile(APACHE, 'utf8');
        const packages = await Promise.all(
          [...bundledPackages.values()].map(async (bundled) => {
            const missing = bundled.text === undefined ? WITHOUT_FILE[bundled.name] : undefined;
            if (missing === undefined) return bundled;
            const own = await text(missing);
            return { ...bundled, text: bundled.identifier?.includes('Apache-2.0') ? `${own}\n${apache}` : own };
          }),
        );
        // What TensorFlow.js has linked into its WebAssembly files: no module of ours names it.
        const version = 'as linked into tfjs-backend-wasm*.wasm';
        const linked = { name: 'XNNPACK', version, identifier: 'BSD-3-Clause', text: await text('xnnpack') };
        await writeFile(join(dir!, THIRD_PARTY_LICENSES), thirdPartyText([...packages, linked], apache));
      },
    },
  };
}
