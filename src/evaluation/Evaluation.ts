import type { ClusterReport } from './clustering/measureClustering.js';
import type { ProtocolRates } from './protocols/measureScores.js';
import type { TemplateComparison } from './statistics/compareTemplates.js';
import type { DiscardCurve } from './statistics/discardCurves.js';
import type { FusedReport } from './statistics/fusedOperatingPoints.js';
import type { GateWorth } from './statistics/gateWorth.js';
import type { VerificationReport } from './statistics/VerificationReport.js';

/** Everything that one run found out, as JSON keeps it and the HTML report shows it. Plain data. */
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
  readonly report: VerificationReport | null;
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
