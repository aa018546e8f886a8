import type { FaceReport, QualityReason } from '../../src/index.js';

const NOTES: Record<QualityReason, string> = {
  'too-far': 'the face is small',
  'too-close': 'the face fills the picture',
  'cut-off': 'the face is cut off',
  'turned-away': 'the face is turned away',
  tilted: 'the head is tilted',
  'too-dark': 'the face is dark',
  'too-bright': 'the face is too bright',
  'side-light': 'the light comes from one side',
  'low-contrast': 'the face has little contrast',
  blurred: 'the face is blurred',
  covered: 'part of the face is covered',
  'not-a-face': 'it looks like a drawing',
};

/** Describes a photo: which face was used, and how good it is. */
export function describePhoto({ quality }: FaceReport, faces: readonly FaceReport[]): string {
  const which = faces.length > 1 ? `${faces.length} faces; the one nearest the center was used. ` : '';
  const { reasons } = quality;
  if (reasons.length === 0) return `${which}The face is in full view.`;
  return `${which}Less certain: ${reasons.map((reason) => NOTES[reason]).join(', ')}.`;
}
