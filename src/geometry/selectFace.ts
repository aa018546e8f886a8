import type { FaceReport } from '../shared/FaceReport.js';

/** Faces narrower than this share of the widest face are bystanders, or pictures on the wall. */
const BYSTANDER = 0.5;

/** The faces that count where one is expected: all that are at least half as wide as the widest. */
export function rivals<T extends Pick<FaceReport, 'box'>>(faces: readonly T[]): T[] {
  const widest = Math.max(...faces.map((f) => f.box.width));
  return faces.filter((f) => f.box.width >= BYSTANDER * widest);
}

/** The face nearest the picture's center, larger first: its distance from the center is counted in face widths. */
export function centralFace<T extends Pick<FaceReport, 'box'>>(faces: readonly T[], width: number, height: number): T | undefined {
  const cost = ({ box }: T) => Math.hypot(box.x + box.width / 2 - width / 2, box.y + box.height / 2 - height / 2) / box.width;
  return [...faces].sort((a, b) => cost(a) - cost(b))[0];
}
