/** RGBA, 8 bits a channel; the shape of `ImageData`. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** A picture that surfaces are drawn on. */
export interface Canvas extends Picture {
  /** Distance of what is drawn from the camera. */
  readonly depth: Float32Array;
  /** The screen's light on what is drawn, in shares of the room's there; null where there is none. */
  readonly lit: Float32Array | null;
  /** How much of the room's light comes from the camera's side, 0 … 1. */
  readonly frontal: number;
}

/** A point on the screen and in the texture, both in pixels. */
export interface Vertex {
  x: number;
  y: number;
  depth: number;
  u: number;
  v: number;
  /** See `Canvas`. */
  lit?: number;
}

export interface Surface {
  readonly points: readonly Vertex[];
  readonly triangles: ArrayLike<number>;
  /** Triangles that show the inside of a mouth. */
  readonly dark?: ReadonlySet<number>;
}

/** What a head, or a picture in someone's hand, does. Angles in degrees; lengths in distances between the eyes. */
export interface Motion {
  /** Positive: to the person's left. */
  yaw: number;
  /** Positive: up. */
  pitch: number;
  roll: number;
  /** Size; 1 at rest. */
  scale: number;
  right: number;
  down: number;
  /** 0: open, 1: shut. */
  blink: number;
  /** How far the lips are apart. */
  mouth: number;
}

export const REST: Motion = { yaw: 0, pitch: 0, roll: 0, scale: 1, right: 0, down: 0, blink: 0, mouth: 0 };

/** Something that can be filmed. */
export interface Filmed {
  /** @param now milliseconds from the film's start, for what moves by itself */
  draw(canvas: Canvas, motion: Motion, now?: number): void;
}
