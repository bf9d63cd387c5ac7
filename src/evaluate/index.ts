export { correlate, type Alert, type CorrelateOptions, type TimedEvent } from './correlate.js';
export { canonicalReader } from './correlate/event.js';
export { contains, rangeAt } from './correlate/range.js';
export type { Event } from './event.js';
export { reader } from './field.js';
export { matcher } from './matcher.js';
export { normalise, type Normaliser } from './normalise.js';
export { readEvents } from './read-events.js';
export { timeOf } from './time.js';
