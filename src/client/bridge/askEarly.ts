import { MAX_MANIFEST_BYTES, readAnswer, type Answer, type EarlyManifests } from '../../shared/Answer.js';
import { DETECTOR_ID, MESH_ID } from '../../shared/modelIds.js';
import { modelsFolder } from '../../shared/modelsFolder.js';

/**
 * Asks for the models' manifests while the worker's script loads: the files that they list are then fetched as soon as it runs. What does not
 * come is left to the worker, which tries again, and says what is wrong.
 * @param signal ends what is still on its way
 */
export function askEarly(modelsUrl: string, model: string, signal: AbortSignal): EarlyManifests {
  const folder = modelsFolder(modelsUrl);
  const asked = new Map([DETECTOR_ID, MESH_ID, model].map((id) => [id, ask(folder.fileAt(`${id}/manifest.json`), signal)]));
  return async (id) => {
    const answer = await asked.get(id);
    // An engine that starts anew asks again.
    asked.delete(id);
    return answer ?? null;
  };
}

async function ask(url: string, signal: AbortSignal): Promise<Answer | null> {
  try {
    return await readAnswer(await fetch(url, { cache: 'no-cache', credentials: 'same-origin', signal }), MAX_MANIFEST_BYTES);
  } catch {
    return null;
  }
}
