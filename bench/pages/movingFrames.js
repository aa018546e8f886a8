const WIDTH = 640;
const HEIGHT = 480;
/** How much larger than the frame the picture is drawn, so that its edges stay outside. */
const ZOOM = 1.06;
/** The radius, in pixels, of the circle in which the face moves. */
const RADIUS = 8;

/**
 * Frames of a face that moves slightly from one to the next, as in front of a camera: no cache can answer, and following the face is
 * possible.
 * @param {string} url a picture of 640 × 480
 * @param {number} count
 * @returns {Promise<HTMLCanvasElement[]>}
 */
export async function movingFrames(url, count) {
  const picture = await createImageBitmap(await (await fetch(url)).blob());
  return Array.from({ length: count }, (_, i) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT });
    const context = canvas.getContext('2d');
    if (!context) throw new Error('this browser cannot draw on a canvas');
    const angle = (2 * Math.PI * i) / count;
    const x = ((1 - ZOOM) / 2) * WIDTH + RADIUS * Math.cos(angle);
    const y = ((1 - ZOOM) / 2) * HEIGHT + RADIUS * Math.sin(angle);
    context.drawImage(picture, x, y, WIDTH * ZOOM, HEIGHT * ZOOM);
    // Drawn now, not when the first library reads it.
    context.getImageData(0, 0, 1, 1);
    return canvas;
  });
}
