import { FACE_OVAL, type FaceReport } from '../../src/index.js';

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** The faces' outlines as a drawing to lay over the picture; the chosen face stands out. */
export function outlinePhoto(image: HTMLImageElement, faces: readonly FaceReport[], chosen: FaceReport): SVGElement {
  const svg = document.createElementNS(NAMESPACE, 'svg');
  svg.setAttribute('viewBox', `0 0 ${image.naturalWidth} ${image.naturalHeight}`);
  svg.setAttribute('aria-hidden', 'true');
  const isChosen = ({ box }: FaceReport) => Math.abs(box.x - chosen.box.x) < 1 && Math.abs(box.y - chosen.box.y) < 1;
  for (const face of faces) {
    const polygon = document.createElementNS(NAMESPACE, 'polygon');
    polygon.setAttribute('points', FACE_OVAL.map((i) => `${face.mesh[3 * i]!.toFixed(1)},${face.mesh[3 * i + 1]!.toFixed(1)}`).join(' '));
    polygon.setAttribute('class', isChosen(face) ? 'chosen' : 'bystander');
    svg.append(polygon);
  }
  return svg;
}
