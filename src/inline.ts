export * from './common.js';
export { createFaceVerifier } from './client/inline/createFaceVerifier.js';
export { createCapture } from './client/inline/createCapture.js';
