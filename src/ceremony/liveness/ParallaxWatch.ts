import { noseParallax } from './noseParallax.js';
import type { FaceState } from './readFace.js';

const RADIANS = Math.PI / 180;
/** The range of pose changes, degrees, in which depth can be read: below it there is noise, above it the mesh guesses. */
const READ: Record<'yaw' | 'pitch', readonly [number, number]> = { yaw: [17, 40], pitch: [11, 40] };
const MIN_FRAMES = 2;
/** How much missing foreshortening counts against the nose; measured, see docs/liveness.md. */
const FORESHORTENING = 3;

/**
 * Collects, over one turn of the head, two signs that what turned has depth and turned as far as its mesh says:
 *
 * - how far the nose moved against the surface around it, for how far the head turned: the slope of a line through 0;
 * - how much narrower (or, looking up or down, shorter) the face became, against the cosine of the turn. A bent picture has to be turned
 *   much
 *   further than a head until the mesh takes it for turned, and is foreshortened by that.
 */
export class ParallaxWatch {
  #frames = 0;
  #products = 0;
  #squares = 0;
  #shortening = 0;

  constructor(
    readonly axis: 'yaw' | 'pitch',
    private readonly rest: { readonly mesh: Float32Array; readonly state: FaceState },
  ) {}

  observe(mesh: Float32Array, state: FaceState): void {
    const { axis, rest } = this;
    const turned = state[axis] - rest.state[axis];
    const [least, most] = READ[axis];
    if (Math.abs(turned) < least || Math.abs(turned) > most) return;
    const { x, y } = noseParallax(rest.mesh, mesh);
    const sine = Math.sin(turned * RADIANS);
    const ratio = axis === 'yaw' ? state.aspect / rest.state.aspect : rest.state.aspect / state.aspect;
    // Turning left moves the nose to the picture's right; looking up moves it up.
    this.#products += sine * (axis === 'yaw' ? x : -y);
    this.#squares += sine * sine;
    this.#shortening += sine * sine * (ratio / Math.cos(turned * RADIANS) - 1);
    this.#frames++;
  }

  /** In distances between the eyes; null if too little was seen. */
  get value(): number | null {
    return this.#frames >= MIN_FRAMES ? (this.#products + FORESHORTENING * this.#shortening) / this.#squares : null;
  }
}
