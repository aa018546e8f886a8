import type { Arithmetic } from '../shared/Arithmetic.js';
import type { ClusterReport } from './clustering/measureClustering.js';
import type { ProtocolRates } from './protocols/measureScores.js';
import type { TemplateComparison } from './statistics/compareTemplates.js';
import type { DiscardCurve } from './statistics/discardCurves.js';
import type { FusedReport } from './statistics/fusedOperatingPoints.js';
import type { GateWorth } from './statistics/gateWorth.js';
import type { VerificationReport } from './statistics/VerificationReport.js';

/** Everything that one run found out, as JSON stores it and the HTML report shows it. Plain data. */
export interface Evaluation {
  readonly format: 'visavis-evaluation';
  readonly formatVersion: 1;
  readonly dataset: string;
  /** The command line, as typed. */
  readonly command: string;
  /** ISO 8601. */
  readonly finished: string;
  /** Version of the SDK. */
  readonly version: string;
  readonly model: string;
  readonly modelVersion: string;
  readonly pipelineVersion: number;
  readonly backend: string;
  readonly build: string;
  /** What the embeddings were computed in; older reports do not say. */
  readonly arithmetic?: Arithmetic;
  readonly pictures: number;
  /** Pictures whose embeddings were already cached. */
  readonly fromCache: number;
  /** Of the pictures that were not cached; null if there were none. */
  readonly picturesPerSecond: number | null;
  /** What was left out, in sentences. */
  readonly notes: readonly string[];
  /** Null without a published list of pairs. */
  readonly protocol: ProtocolRates | null;
  /** All pairs of all pictures. Null if that was not requested, or if people cannot be told apart. */
  readonly report: VerificationReport | null;
  /** Several pictures fused; empty if that was not requested. */
  readonly fused: readonly FusedReport[];
  /** Where the model has a cohort, all the rest is measured by normalized distances, and this by plain ones; otherwise null. */
  readonly plain: { readonly report: VerificationReport; readonly fused: readonly FusedReport[] } | null;
  /** SHA-256 of the cohort's file; null for a model without one. */
  readonly cohort: string | null;
  /** Errors when the worst pictures are refused, by each measure of quality; empty if that was not requested. */
  readonly discards: readonly DiscardCurve[];
  /** What the quality gate refuses and what that is worth; null if that was not requested, or there is nothing to measure it with. */
  readonly gate: GateWorth | null;
  /** Ways of keeping several pictures in a template; null if that was not requested. */
  readonly templates: readonly TemplateComparison[] | null;
  readonly clusters: ClusterReport | null;
}
