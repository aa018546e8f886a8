/** Two pictures of the same person. */
const PICTURES = ['/faces/person01-a-front.jpg', '/faces/person01-d-smile.jpg'];

/**
 * Does what a page does that asks once whether two pictures show one person. Writes to the console when it has it, in milliseconds since the
 * start of the navigation.
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
    tell({ ms: performance.now(), match });
  } catch (error) {
    tell({ error: String(error) });
  }
}

/** @param {{ ms: number, match: boolean } | { error: string }} verdict */
function tell(verdict) {
  console.log(JSON.stringify({ verdict }));
}

/** @param {string} src */
async function loadPicture(src) {
  const picture = Object.assign(new Image(), { src });
  await picture.decode();
  return picture;
}
