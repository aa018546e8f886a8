/** The SDK's version, equal to package.json's (a unit test compares them). */
export const VERSION: string = '0.5.0';

/**
 * Version of everything between the picture and the embedding except the weights: detector input, crop, sampling, normalization. It is
 * raised whenever the same picture would give a different embedding; templates of another pipeline version are refused.
 */
export const PIPELINE_VERSION = 1;
