import type { FileReader } from './FileReader.js';

/** Every kind of file that can be imported; the first that matches reads. */
export const READERS: readonly FileReader[] = [];
