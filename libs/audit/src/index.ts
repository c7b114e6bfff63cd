export * from './audit-record.js';
export * from './audit-trail.js';
