// Server-side rendering imports the package where there is no DOM, and calls nothing that needs one.
import { distance, ERROR_CODES, isSupported, VERSION } from 'visavis';

if (typeof distance !== 'function' || !ERROR_CODES.includes('no-face') || !/^\d/.test(VERSION)) throw new Error('exports are missing');
await isSupported();
