import { helpKernels } from '../engine/kernels/helpKernels.js';
import { serve } from './serve.js';

/** For pages without workers, which run the engine on their own thread. */
export { serve };

if (!('document' in self) && !helpKernels(self)) serve(self);
