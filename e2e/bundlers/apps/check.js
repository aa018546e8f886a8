// What every app of the matrix does: embed one picture, and write into #answer what computed it.
import { createFaceVerifier } from 'visavis';

const OPTIONS = { modelsUrl: '/models/' };

export async function check() {
  const answer = document.querySelector('#answer');
  try {
    const verifier = await createFaceVerifier(OPTIONS);
    const { embedding } = await verifier.embed(await (await fetch('/face.jpg')).blob());
    const { backend, build, thread, fallbacks } = verifier.info;
    const length = Math.hypot(...embedding);
    answer.textContent = JSON.stringify({ backend, build, thread, fallbacks, length, milliseconds: Math.round(performance.now()) });
    verifier.dispose();
  } catch (error) {
    answer.textContent = JSON.stringify({ error: `${error.code ?? error.name}: ${error.message}` });
  }
}
