import { importFailed } from '../importFailed.js';
import { INSTRUCTIONS } from './instructions.js';
import { PickleMachine, type PickleHost } from './PickleMachine.js';
import type { PickleValue } from './PickleValue.js';

/** Longer pickles are refused: those of the largest face recognizers, with their optimizers' state, have less than a tenth. */
const MAX_PICKLE_BYTES = 1 << 22;
const STOP = 0x2e;

/**
 * Reads a pickle of Python as data. Nothing is executed: the few names that the host knows stand for values and functions of ours, every
 * other one is refused by name. Time and memory are bounded by the pickle's length.
 * @param start of the pickle in `bytes`
 * @param name for messages
 * @returns the value, and where the pickle ends
 * @throws VisavisError `import-failed` that names the byte
 */
export function readPickle(bytes: Uint8Array, start: number, name: string, host: PickleHost): { value: PickleValue; end: number } {
  const machine = new PickleMachine(bytes, start, host, name);
  for (;;) {
    if (machine.at - start > MAX_PICKLE_BYTES) throw importFailed(`The pickle ${name} is too large: more than ${MAX_PICKLE_BYTES} bytes.`);
    const code = machine.uint8();
    if (code === STOP) return { value: machine.pop(), end: machine.at };
    const instruction = INSTRUCTIONS.get(code);
    if (!instruction) throw machine.damaged(`the instruction 0x${code.toString(16).padStart(2, '0')} is not known here`);
    instruction(machine);
  }
}
