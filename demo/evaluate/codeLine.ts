import { USUAL_MODEL } from '../engine/modelChoice.js';

/**
 * The line that passes a file of operating points to the SDK: with the model that they were measured on, where that isn't the default. An imported
 * model's name is its folder's.
 */
export function codeLine(model: string, file: string): string {
  const named = model === USUAL_MODEL ? '' : `model: '${model}', `;
  return `const verifier = await createFaceVerifier({ ${named}operatingPoints: await (await fetch('${file}')).json() });`;
}
