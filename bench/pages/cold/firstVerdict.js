/** The same person, twice. */
const PICTURES = ['/faces/person01-a-front.jpg', '/faces/person01-d-smile.jpg'];

/**
 * What a page does that asks once whether two pictures show one person. Leaves the time since its navigation began in `window.verdict`.
 * @param {() => Promise<import('../libraries/openVisavis.js').Library>} open
 */
export async function firstVerdict(open) {
  try {
    const pictures = Promise.all(PICTURES.map(loadPicture));
    const library = await open();
    const [a, b] = await pictures;
    const first = await library.embed(a, 'anew');
    // Kept apart from what the library may use again.
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
