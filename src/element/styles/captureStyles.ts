import { controls } from './controls.js';
import { frame } from './frame.js';
import { instruction } from './instruction.js';
import { mirror } from './mirror.js';
import { preferences } from './preferences.js';
import { tokens } from './tokens.js';

/** All of the element's styles; what people have set in their system comes last, and wins. */
export const CAPTURE_STYLES = [tokens, frame, controls, mirror, instruction, preferences];
