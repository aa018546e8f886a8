import type { FaceReport } from '../../shared/FaceReport.js';
import type { ImageSource } from '../pictures/ImageSource.js';
import { readSource } from '../pictures/readSource.js';
import { scaleReport } from '../pictures/scaleReport.js';

/** A frame that stays as it is while two engines look at it. */
export interface HeldFrame {
  readonly source: ImageSource;
  /** What was seen in it, in the coordinates of the source that it was taken from. */
  readonly toSource: (face: FaceReport) => FaceReport;
  readonly release: () => void;
}

/** Takes a frame out of any source, as every look does; throws like one. Release it before the source gives its next one. */
export async function holdFrame(source: ImageSource): Promise<HeldFrame> {
  const { data, scale } = await readSource(source, false);
  return {
    source: data,
    toSource: (face) => scaleReport(face, scale),
    release() {
      if ('close' in data) data.close();
    },
  };
}
