import type { Part } from '../part.js';
import { events } from './events.js';
import { manifests } from './manifests.js';
import { names } from './names.js';
import { pipelines } from './pipelines.js';
import { queries } from './queries.js';
import { rules } from './rules.js';
import { sizes } from './sizes.js';
import { values } from './values.js';

/** By name. What a part is given are its own cases. */
export const parts = {
  values,
  names,
  sizes,
  events,
  rules,
  queries,
  pipelines,
  manifests,
} as unknown as Readonly<Record<string, Part>>;
