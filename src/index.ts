export * from './common.js';
export { createFaceVerifier } from './client/createFaceVerifier.js';
export { createCapture } from './client/live/createCapture.js';
