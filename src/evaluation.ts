export { evaluate, type EvaluatedInfo, type EvaluateOptions, type EvaluationStage } from './evaluation/evaluate.js';
export type { Evaluation } from './evaluation/Evaluation.js';
export { measureVerification, type MeasureOptions } from './evaluation/statistics/measureVerification.js';
export type { FilePair, UnnamedMeasurement, VerificationReport } from './evaluation/statistics/VerificationReport.js';
export { fusedOperatingPoints, type FusedOptions, type FusedReport } from './evaluation/statistics/fusedOperatingPoints.js';
export { ALL_FRAME_COUNTS, calibrateFrames, FRAME_COUNTS, type CalibrateOptions } from './evaluation/statistics/calibrateFrames.js';
export { toCalibration } from './evaluation/statistics/toCalibration.js';
export { MIN_FALSE_MATCHES } from './evaluation/statistics/measurePairs.js';
export type { EqualErrorRate, PairRates, RatesAt, RatesAtKnown } from './evaluation/statistics/PairRates.js';
export type { Failures } from './evaluation/statistics/failures.js';
export type { GroupCell, GroupPairs, GroupRate, GroupTable } from './evaluation/statistics/groupTable.js';
export type { Interval } from './evaluation/statistics/interval.js';
export type { KnownThreshold } from './evaluation/statistics/KnownThreshold.js';
export type { Sample } from './evaluation/statistics/Sample.js';
export type { ScoreHistogram } from './evaluation/statistics/scoreHistogram.js';
export {
  compareTemplates,
  type MethodAt,
  type TemplateComparison,
  type TemplateOptions,
} from './evaluation/statistics/compareTemplates.js';
export { discardCurves, type DiscardCurve, type DiscardPoint } from './evaluation/statistics/discardCurves.js';
export { gateWorth, type GateAt, type GateOptions, type GateWorth } from './evaluation/statistics/gateWorth.js';
export { fitTail, type Tail } from './evaluation/statistics/fitTail.js';
export { readCohort } from './matching/readCohort.js';
export type { Cohort, CohortFile, CohortRule } from './shared/Cohort.js';
export { seededRandom } from './shared/seededRandom.js';
export { measureProtocol, type Protocol } from './evaluation/protocols/measureProtocol.js';
export { measureScores, type ProtocolRates } from './evaluation/protocols/measureScores.js';
export { crossValidate, type FoldAccuracy } from './evaluation/protocols/crossValidate.js';
export { equalErrorRate } from './evaluation/protocols/equalErrorRate.js';
export { tarAtFar, type TarAtFar } from './evaluation/protocols/tarAtFar.js';
export type { PairScore } from './evaluation/protocols/PairScore.js';
export { parsePairs, type Pair } from './evaluation/protocols/parsePairs.js';
export { parseCfp, type CfpProtocol, type CfpTexts } from './evaluation/protocols/parseCfp.js';
export type { NamedText } from './evaluation/protocols/NamedText.js';
export { nameIdentities, type LabeledPicture } from './evaluation/protocols/nameIdentities.js';
export { applyLabels } from './evaluation/protocols/applyLabels.js';
export { clusterQuality, type Agreement, type ClusterQuality } from './evaluation/clustering/clusterQuality.js';
export {
  measureClustering,
  type ClusteringOptions,
  type ClusterReport,
  type ClusterRun,
} from './evaluation/clustering/measureClustering.js';
export type { ChartSize } from './evaluation/charts/ChartSize.js';
export { rocChart, type RocChartOptions } from './evaluation/charts/rocChart.js';
export { detChart, type DetChartOptions } from './evaluation/charts/detChart.js';
export { scoreChart, type ScoreChartOptions } from './evaluation/charts/scoreChart.js';
export { discardChart } from './evaluation/charts/discardChart.js';
export { standaloneChart } from './evaluation/charts/standaloneChart.js';
export { formatRate } from './evaluation/charts/formatRate.js';
export { isDecade } from './evaluation/charts/isDecade.js';
export { htmlReport, type HtmlReportOptions } from './evaluation/report/htmlReport.js';
export { textSummary, type PictureCounts } from './evaluation/report/textSummary.js';
export { describeCalibration } from './evaluation/report/describeCalibration.js';
export { toCsv } from './evaluation/report/toCsv.js';
export { toJson } from './evaluation/report/toJson.js';
export type { Calibration } from './shared/Calibration.js';
export type { OperatingPoint } from './shared/Manifest.js';
