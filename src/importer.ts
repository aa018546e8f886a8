export { importModel } from './importer/importModel.js';
export type { ImportedModel, ImportReport } from './importer/ImportReport.js';
export type { Crop, ImportOptions, ImportProgress, Normalization, Quantization } from './importer/ImportOptions.js';
export { inspectModel, type ModelInspection } from './importer/inspectModel.js';
export type { NetworkFacts } from './importer/networkFacts.js';
export type { ModelFile } from './importer/ModelFile.js';
export type { ModelSource } from './importer/ModelSource.js';
export type { ReadOptions } from './importer/ReadOptions.js';
