import { HELPER_NAME, helpKernels, type HelperStart } from '../engine/kernels/helpKernels.js';
import { serve } from './serve.js';

// Helpers of the engine run this same script: one file to host, and to allow in a policy.
if (self.name === HELPER_NAME) {
  self.onmessage = ({ data }: MessageEvent<HelperStart>) => void helpKernels(data, () => self.postMessage('ready'));
} else serve(self);
