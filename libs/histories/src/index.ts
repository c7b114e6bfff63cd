export type { Draft } from './drafting.js';
export { draftsOver, type Drafts } from './event-drafts.js';
export type { Codes, World } from './world.js';
export { findWitness, type SearchOptions, type Witness, type WitnessSearch } from './find-witness.js';
export { caseText, differencesInWords, witnessCase, type NamedRules } from './witness-case.js';
