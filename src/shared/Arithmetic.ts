/**
 * What the embedder's convolutions multiply. `int16`: most of them 16-bit integers, whose sums are scaled back to floats; faster, and the
 * embedding's cosine to that of floats is above 0.9999. `int8`: most of them 8-bit integers; faster still, and the cosine is above 0.999 in
 * the mean. `float32`: floats throughout.
 */
export type Arithmetic = 'int8' | 'int16' | 'float32';
/** `auto`: what is fastest on this device, of what the model was checked with. */
export type ArithmeticChoice = Arithmetic | 'auto';
