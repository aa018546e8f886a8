import type { FilePair } from '../../src/evaluation.js';
import { byId } from '../ui/byId.js';
import type { EvaluatedPicture, EvaluationStore } from './EvaluationState.js';
import { distanceText } from './format.js';
import { personName } from './personName.js';
import { showFace } from './showFace.js';
import type { Turns } from './Turns.js';

/** The closest strangers and the most different pictures of one person, with their faces. */
export function bindWorstPairs(evaluation: EvaluationStore, turns: Turns): void {
  let shown: unknown = null;
  evaluation.subscribe(({ report, pictures }) => {
    if (report === shown) return;
    shown = report;
    const { falseMatches = [], falseNonMatches = [] } = report?.worst ?? {};
    const known = new Map(pictures.map((picture) => [picture.file, picture]));
    for (const [name, pairs] of [
      ['strangers', falseMatches],
      ['apart', falseNonMatches],
    ] as const) {
      turns.take(() => void draw(show(name, pairs, known), () => shown !== report));
    }
  });
}

type Face = readonly [image: HTMLImageElement, picture: EvaluatedPicture];

/** Lists the pairs under a heading; returns the faces that still have to be drawn. */
function show(name: 'strangers' | 'apart', pairs: readonly FilePair[], known: ReadonlyMap<string, EvaluatedPicture>): Face[] {
  const faces: Face[] = [];
  byId(name).hidden = pairs.length === 0;
  byId(`${name}-list`).replaceChildren(
    ...pairs.map(({ a, b, distance }) => {
      const both = [known.get(a)!, known.get(b)!];
      const item = document.createElement('li');
      const row = document.createElement('div');
      row.className = 'pair-faces';
      for (const picture of both) {
        const image = new Image();
        image.alt = picture.file;
        image.title = picture.file;
        faces.push([image, picture]);
        const frame = document.createElement('span');
        frame.append(image);
        row.append(frame);
      }
      const value = document.createElement('b');
      value.textContent = distanceText(distance);
      const who = document.createElement('span');
      who.textContent = [...new Set(both.map(({ identity }) => personName(identity)))].join(', ');
      const text = document.createElement('p');
      text.className = 'small';
      text.append(value, ' ', who);
      item.append(row, text);
      return item;
    }),
  );
  return faces;
}

/** One after another, because each is read from the disk. */
async function draw(faces: readonly Face[], outdated: () => boolean): Promise<void> {
  for (const [image, picture] of faces) {
    if (outdated()) return;
    try {
      await showFace(image, picture);
    } catch {
      // If a file is gone by now, its place stays empty; its name remains.
    }
  }
}
