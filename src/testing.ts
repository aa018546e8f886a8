export { embedCrop } from './client/testing/embedCrop.js';
export { engineMemory } from './client/testing/engineMemory.js';
export { createFakeCamera, type FakeCamera, type FakeCameraOptions } from './client/testing/createFakeCamera.js';
export { createFakeVerifier, type FakeVerifier, type FakeVerifierOptions } from './client/testing/createFakeVerifier.js';
export type { FakeFace, FakeLook, FakeSight } from './client/testing/FakeLooker.js';
