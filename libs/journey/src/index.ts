export * from './event-catalogue.js';
export * from './journey-event.js';
