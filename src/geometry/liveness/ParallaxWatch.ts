import type { Challenge } from '../../shared/liveness.js';
import { noseParallax } from './noseParallax.js';
import type { FaceState } from './readFace.js';

const RADIANS = Math.PI / 180;
/** Changes of the pose, degrees, in which a turn's parallax is read: less is noise, and further round the mesh guesses. */
const READ = [5, 35] as const;
const MIN_FRAMES = 2;

/**
 * Collects, over one turn of the head, how far the nose moved against the surface around it for how far the head turned. Both are proportional
 * for small angles: what the nose stands out by is the slope of a line through 0.
 */
export class ParallaxWatch {
  #frames = 0;
  #products = 0;
  #squares = 0;

  /** @param mirrored whether the frames are */
  constructor(
    private readonly axis: 'yaw' | 'pitch',
    private readonly rest: { readonly mesh: Float32Array; readonly state: FaceState },
  ) {}

  static of(challenge: Challenge, rest: { mesh: Float32Array; state: FaceState }): ParallaxWatch | null {
    if (challenge === 'turn-left' || challenge === 'turn-right') return new ParallaxWatch('yaw', rest);
    return challenge === 'look-up' || challenge === 'look-down' ? new ParallaxWatch('pitch', rest) : null;
  }

  observe(mesh: Float32Array, state: FaceState): void {
    const turned = state[this.axis] - this.rest.state[this.axis];
    if (Math.abs(turned) < READ[0] || Math.abs(turned) > READ[1]) return;
    const { x, y } = noseParallax(this.rest.mesh, mesh);
    const sine = Math.sin(turned * RADIANS);
    // A head that turns to its left moves its nose to the picture's right, one that looks up moves it up.
    this.#products += sine * (this.axis === 'yaw' ? x : -y);
    this.#squares += sine * sine;
    this.#frames++;
  }

  /** In distances between the eyes; null where too little was seen. */
  get value(): number | null {
    return this.#frames >= MIN_FRAMES ? this.#products / this.#squares : null;
  }
}
