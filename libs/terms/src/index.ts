export * from './terms.js';
export * from './words.js';
export * from './nearest-name.js';
