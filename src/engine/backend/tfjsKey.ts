import type { TfjsPart } from '../../shared/EngineService.js';
import { VERSION } from '../../shared/version.js';

/** Where a part of TensorFlow.js puts what it offers, on the global object: a file of another version puts it elsewhere. */
export function tfjsKey(part: TfjsPart): symbol {
  return Symbol.for(`visavis.tfjs.${part}@${VERSION}`);
}
