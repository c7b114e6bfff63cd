export * from './day.js';
export * from './range.js';
export * from './instant.js';
export * from './longest-period.js';
