export { eventMapper, mapEvent, type EventMapper, type Row } from './map-event.js';
