export * from './common.js';
export { createFaceVerifier } from './client/inline/createFaceVerifier.js';
