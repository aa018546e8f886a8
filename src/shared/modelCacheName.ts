/** The one cache, in the page's origin, that verified model files are kept in. */
export const MODEL_CACHE_NAME = 'visavis-models';
