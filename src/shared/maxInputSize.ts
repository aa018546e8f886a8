/** Sides of the square input of a model that are taken, in pixels: memory is reserved for whatever a file or a manifest says. */
export const MAX_INPUT_SIZE = 1024;
