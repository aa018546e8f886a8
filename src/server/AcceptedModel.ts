/** A face model whose matches count, with the points at which it may decide: those of its manifest, or fewer. */
export interface AcceptedModel {
  readonly id: string;
  readonly version: string;
  readonly points: readonly { readonly fmr: number; readonly threshold: number }[];
}

/** The parts of a face model's `manifest.json` that a server needs. */
export interface ManifestPoints {
  readonly id: string;
  readonly version: string;
  readonly embedder?: {
    readonly operatingPoints: AcceptedModel['points'];
    readonly fused?: readonly { readonly operatingPoints: AcceptedModel['points'] }[];
  };
}

/**
 * The face model of a `manifest.json`, with all its own operating points: those for single pictures and those for several. Throws a TypeError
 * for the manifest of something else.
 */
export function acceptedModel({ id, version, embedder }: ManifestPoints): AcceptedModel {
  if (!embedder) throw new TypeError(`expected the manifest of a face model, got that of ${id}`);
  const { operatingPoints, fused = [] } = embedder;
  const points = [...operatingPoints, ...fused.flatMap((curve) => curve.operatingPoints)];
  return { id, version, points: points.map(({ fmr, threshold }) => ({ fmr, threshold })) };
}
