import { openFaceApi } from './openFaceApi.js';
import { openHuman } from './openHuman.js';
import { openVisavis } from './openVisavis.js';

/** @type {Record<string, () => Promise<import('./openVisavis.js').Library>>} */
const LIBRARIES = {
  visavis: openVisavis,
  'face-api': openFaceApi,
  async human() {
    await new Promise((resolve, reject) => {
      document.head.append(
        Object.assign(document.createElement('script'), { src: '/human/dist/human.js', onload: resolve, onerror: reject }),
      );
    });
    return openHuman();
  },
};

/** @param {string} name */
export function openLibrary(name) {
  const open = LIBRARIES[name];
  if (!open) throw new RangeError(`expected one of ${Object.keys(LIBRARIES).join(', ')}, got ${name}`);
  return open();
}
