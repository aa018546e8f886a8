import { helpKernels } from '../engine/kernels/helpKernels.js';
import { serve } from './serve.js';

if (!helpKernels(self)) serve(self);
