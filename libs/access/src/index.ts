export * from './asker.js';
export * from './decide.js';
export * from './development-tokens.js';
export { loadKey, loadOrCreateKey, loadOrCreateKeys, rotateKey } from './keys.js';
export * from './mandates.js';
export * from './verify-token.js';
