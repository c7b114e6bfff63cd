export * from './event-catalogue.js';
export * from './journey-event.js';
export * from './facts.js';
export * from './fold-journey.js';
export { effectiveEvents, bySourceAndId, type EffectiveEvents } from './effective-events.js';
export { stretchAt, type StateStretch } from './state-line.js';
export type { Triggers } from './triggers.js';
