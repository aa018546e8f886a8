import type { Plugin } from 'vite';
import type { BundledPackage } from './thirdPartyText.js';

/** The file's name, in the folder of the bundles. */
export const THIRD_PARTY_LICENSES = 'THIRD_PARTY_LICENSES.txt';
/** Kept by minifiers, those of the pages that use the library included. */
const NOTICE = `/*! visavis | Apache-2.0 | it contains code of others: see ${THIRD_PARTY_LICENSES} */`;
const LIST = 'bundled-packages.json';

/** What every build of this process has bundled so far. */
export const bundledPackages = new Map<string, BundledPackage>();

/**
 * To be among the plugins of every build that writes code into `dist/`: puts the notice on top of each file, and notes which packages are in
 * them, as Vite finds them.
 */
export function noticesPlugin(): Plugin {
  return {
    name: 'visavis:notices',
    apply: 'build',
    enforce: 'post',
    config: () => ({ build: { license: { fileName: LIST }, rolldownOptions: { output: { postBanner: NOTICE } } } }),
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const list = bundle[LIST];
        if (list?.type !== 'asset') this.error(`expected Vite to list the bundled packages in ${LIST}`);
        for (const bundled of JSON.parse(String(list.source)) as BundledPackage[]) {
          bundledPackages.set(`${bundled.name} ${bundled.version}`, bundled);
        }
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- how a plugin keeps a file from being written
        delete bundle[LIST];
      },
    },
  };
}
