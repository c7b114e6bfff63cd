export * from './audit-place.js';
export * from './audit-record.js';
export * from './audit-trail.js';
