import { createFaceVerifier } from 'visavis';

export const open = () => createFaceVerifier();
