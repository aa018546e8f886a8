export const DETECTOR_ID = 'blazeface-256';
export const MESH_ID = 'facemesh-192';
/** Networks whose manifests the package pins, shipped ones and those of its recipes. */
export const PINNED_EMBEDDERS: readonly string[] = ['faceplugin-112', 'inception-160', 'mobilefacenet-112', 'mobilenet-160'];
