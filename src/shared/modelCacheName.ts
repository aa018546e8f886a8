/** The name of the Cache API cache, in the page's origin, that keeps checked model files. */
export const MODEL_CACHE_NAME = 'visavis-models';
