export * from './terms.js';
export * from './nearest-name.js';
