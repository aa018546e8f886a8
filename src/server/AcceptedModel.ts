/** A face model whose matches count, with the points at which it may decide: those of its manifest, or fewer. */
export interface AcceptedModel {
  readonly id: string;
  readonly version: string;
  readonly points: readonly { readonly fmr: number; readonly threshold: number }[];
  /**
   * Whether a page may bring the model or its points itself (`points: 'own'`): a model of yours, or an older one of ours beside the new. Then the
   * page alone says which weights were used, and whether the pictures passed the quality gate, without which a false match rate is not what was
   * measured; that it decided at one of these points is checked as for any other. Default false.
   */
  readonly own?: boolean;
}

/** The parts of a face model's `manifest.json` that a server needs. */
export interface ManifestPoints {
  readonly id: string;
  readonly version: string;
  readonly embedder?: ManifestCurves & { readonly cohort?: ManifestCurves };
}

/** Operating points for single pictures, and for several. */
export interface ManifestCurves {
  readonly operatingPoints: AcceptedModel['points'];
  readonly fused?: readonly { readonly operatingPoints: AcceptedModel['points'] }[];
}

/**
 * The face model of a `manifest.json`, with all its own operating points: those for single pictures and those for several; where it
 * has a cohort those for normalized distances, by which its decisions are made. Throws a TypeError for the manifest of something else.
 */
export function acceptedModel({ id, version, embedder }: ManifestPoints): AcceptedModel {
  if (!embedder) throw new TypeError(`expected the manifest of a face model, got that of ${id}`);
  const { operatingPoints, fused = [] } = embedder.cohort?.operatingPoints.length ? embedder.cohort : embedder;
  const points = [...operatingPoints, ...fused.flatMap((curve) => curve.operatingPoints)];
  return { id, version, points: points.map(({ fmr, threshold }) => ({ fmr, threshold })) };
}
