import type { ClusterReport } from '../clusterPeople.mjs';
import type { ProtocolRates } from '../protocolRates.mjs';
import type { TemplateComparison } from '../statistics/compareTemplates.mjs';
import type { DiscardCurve } from '../statistics/discardCurves.mjs';
import type { FusedReport } from '../statistics/fusedOperatingPoints.mjs';
import type { GateWorth } from '../statistics/gateWorth.mjs';
import type { Report } from '../statistics/measure.mjs';

/** Everything that one run found out, as `--json` writes it and the page shows it. */
export interface Evaluation {
  readonly format: 'visavis-evaluation';
  readonly formatVersion: 1;
  readonly dataset: string;
  /** How it was called, as typed. */
  readonly command: string;
  /** ISO 8601. */
  readonly finished: string;
  /** Of the SDK. */
  readonly version: string;
  readonly model: string;
  readonly modelVersion: string;
  readonly pipelineVersion: number;
  readonly backend: string;
  readonly build: string;
  readonly pictures: number;
  /** Pictures whose embeddings were there already. */
  readonly fromCache: number;
  /** Of the others; null where there were none. */
  readonly picturesPerSecond: number | null;
  /** What was left out, in sentences. */
  readonly notes: readonly string[];
  /** Null without a published list of pairs. */
  readonly protocol: ProtocolRates | null;
  /** All pairs of all pictures. Null where that was not asked for, or people cannot be told apart. */
  readonly report: Report | null;
  /** Several pictures fused; empty where that was not asked for. */
  readonly fused: readonly FusedReport[];
  /** Errors when the worst pictures are refused, by each measure of quality; empty where that was not asked for. */
  readonly discards: readonly DiscardCurve[];
  /** What the quality gate refuses and what that is worth; null where that was not asked for, or there is nothing to measure it with. */
  readonly gate: GateWorth | null;
  /** Ways of keeping several pictures in a template; null where that was not asked for. */
  readonly templates: readonly TemplateComparison[] | null;
  readonly clusters: ClusterReport | null;
}
