export * from './asker.js';
export * from './development-tokens.js';
export * from './funder-view.js';
export { loadOrCreateKey } from './keys.js';
export * from './verify-token.js';
