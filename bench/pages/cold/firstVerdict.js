/** Two pictures of the same person. */
const PICTURES = ['/faces/person01-a-front.jpg', '/faces/person01-d-smile.jpg'];

/**
 * Does what a page does that asks once whether two pictures show one person. Puts the time since the start of the navigation into
 * `window.verdict`.
 * @param {() => Promise<import('../libraries/openVisavis.js').Library>} open
 */
export async function firstVerdict(open) {
  try {
    const pictures = Promise.all(PICTURES.map(loadPicture));
    const library = await open();
    const [a, b] = await pictures;
    const first = await library.embed(a, 'anew');
    // Copied, because the library may reuse its own.
    const kept = first.slice();
    const match = library.samePerson(kept, await library.embed(b, 'anew'));
    Object.assign(window, { verdict: { ms: performance.now(), match } });
  } catch (error) {
    Object.assign(window, { verdict: { error: String(error) } });
  }
}

/** @param {string} src */
async function loadPicture(src) {
  const picture = Object.assign(new Image(), { src });
  await picture.decode();
  return picture;
}
