export * from './coverage-timeline.js';
