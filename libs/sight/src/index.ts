export { isAllOwn, isFunder, seeSupposed, seeTimeline, type Made } from './see-timeline.js';
export { findingsForAuditors } from './seen-findings.js';
export { ownGap, ownRow, type OthersRow, type Seen, type SeenTimeline } from './seen-rows.js';
export { eventsTo, type HiddenEvent, type SeenBecause, type SeenEvent } from './seen-reasons.js';
export * from './what-is-seen.js';
