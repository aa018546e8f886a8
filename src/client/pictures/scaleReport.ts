import type { FaceReport, Point } from '../../shared/FaceReport.js';

/** Converts a report's coordinates from a scaled-down frame back to source pixels. */
export function scaleReport(report: FaceReport, scale: number): FaceReport {
  if (scale === 1) return report;
  const point = ({ x, y }: Point): Point => ({ x: x * scale, y: y * scale });
  const { box, landmarks: l, quality, thumbnail } = report;
  return {
    ...report,
    box: { x: box.x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale },
    landmarks: {
      rightEye: point(l.rightEye),
      leftEye: point(l.leftEye),
      nose: point(l.nose),
      rightMouth: point(l.rightMouth),
      leftMouth: point(l.leftMouth),
    },
    mesh: report.mesh.map((v) => v * scale),
    quality: { ...quality, eyeDistance: quality.eyeDistance * scale },
    thumbnail: thumbnail && { ...thumbnail, scale: thumbnail.scale / scale },
  };
}
