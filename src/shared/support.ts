/** What {@link Support} tells about, in the order in which a page needs it. */
export const SUPPORT_FEATURES = [
  'document',
  'secureContext',
  'webCrypto',
  'webAssembly',
  'simd',
  'relaxedSimd',
  'threads',
  'workers',
  'webgl',
  'webgpu',
  'indexedDB',
  'camera',
] as const;

export type SupportFeature = (typeof SUPPORT_FEATURES)[number];

/** Whether visavis can use one thing here. */
export interface FeatureSupport {
  readonly ok: boolean;
  /**
   * More precisely: `yes` or `no`; `forbidden` (by a policy or the browser's settings); `hardware` or `software` (WebGL, WebGPU);
   * `not-isolated` or `one-core` (threads); `insecure` (needs HTTPS); of the camera `granted`, `prompt` (the browser will ask), `denied`
   * or `missing`.
   */
  readonly value: SupportValue;
  /** A sentence for people: what it means, and what to do about it. */
  readonly message: string;
}

export type SupportValue =
  | 'yes'
  | 'no'
  | 'forbidden'
  | 'hardware'
  | 'software'
  | 'not-isolated'
  | 'one-core'
  | 'insecure'
  | 'granted'
  | 'prompt'
  | 'denied'
  | 'missing';

/** What this browser can do. */
export interface Support {
  /** Whether `createFaceVerifier` can start and pictures can be verified. What is only faster, and the camera and the vault, do not count. */
  readonly ok: boolean;
  /** A sentence for people: that all is well, or what is missing first. */
  readonly message: string;
  readonly features: Readonly<Record<SupportFeature, FeatureSupport>>;
}
