export * from './common.js';
export { createFaceVerifier } from './client/createFaceVerifier.js';
