export * from './config.js';
export * from './invented.js';
export * from './limits.js';
export * from './product.js';
export { logLevels, roles, type LogLevel, type Role } from './setting.js';
export type { TokenServer } from './token-server.js';
