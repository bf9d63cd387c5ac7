export { checkPipeline } from './check.js';
export { describePipelines, type DescribedSource, type DescribedTarget } from './describe.js';
export { loadPipeline, openPipeline, pipelineIds, type BundledPipeline } from './load.js';
export { parsePipeline } from './parse-pipeline.js';
export { placeholderFiles, placeholders } from './placeholders.js';
export {
  logSourceKey,
  type FieldMapping,
  type Pipeline,
  type Source,
  type TargetSpec,
} from './pipeline.js';
export { describeLogSource, inOrder, transform, type TransformOptions } from './transform.js';
export { eventMapper, mapEvent, type EventMapper, type Row } from './map-event.js';
