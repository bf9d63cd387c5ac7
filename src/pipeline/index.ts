export { checkPipeline } from './check.js';
export { describePipelines, type DescribedSource, type DescribedTarget } from './describe.js';
export { loadPipeline, pipelineIds, type BundledPipeline } from './load.js';
export { parsePipeline } from './parse-pipeline.js';
export { placeholderFiles, placeholders } from './placeholders.js';
export type { FieldMapping, Pipeline, Source, TargetSpec } from './model/index.js';
export { describeLogSource } from './describe-log-source.js';
export { transform, type TransformOptions } from './transform.js';
