export * from './language.js';
export * from './problem-codes.js';
export * from './problem.js';
