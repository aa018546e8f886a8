export const DETECTOR_ID = 'blazeface-256';
export const MESH_ID = 'facemesh-192';
