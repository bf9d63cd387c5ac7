export { checkPipeline } from './check.js';
export { describePipelines, type DescribedSource, type DescribedTarget } from './describe.js';
export { loadPipeline, pipelineIds, type BundledPipeline } from './load.js';
export { parsePipeline } from './parse-pipeline.js';
export { placeholderFiles, placeholders } from './placeholders.js';
export { type FieldMapping, type Pipeline, type Source, type TargetSpec } from './pipeline.js';
export { describeLogSource, transform, type TransformOptions } from './transform.js';
export { eventMapper, mapEvent, type EventMapper, type Row } from './map-event.js';
