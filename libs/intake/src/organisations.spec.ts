import type { EventType } from '@domeinbrug/journey';
import {
  foreignSource,
  mayNotSend,
  maySendType,
  organisationOf,
  sourceOf,
  type OrganisationKind,
} from './organisations.js';

describe('who may send what', () => {
  it.each<[OrganisationKind, EventType, boolean]>([
    ['provider', 'client-admitted', true],
    ['provider', 'wmo-support-started', true],
    ['provider', 'client-moved', true],
    ['provider', 'wlz-indication-issued', true],
    ['provider', 'insurance-changed', false],
    ['provider', 'wmo-decision-issued', false],
    ['provider', 'wmo-decision-ended', false],
    ['provider', 'care-office-assigned', false],
    ['provider', 'absence-consent-given', false],
    ['municipality', 'client-registered', true],
    ['municipality', 'client-moved', true],
    ['municipality', 'wmo-decision-issued', true],
    ['municipality', 'wmo-support-started', true],
    ['municipality', 'joint-funding-settled', true],
    ['municipality', 'client-died', true],
    ['municipality', 'wlz-requested', false],
    ['municipality', 'client-admitted', false],
    ['insurer', 'client-registered', true],
    ['insurer', 'insurance-ended', true],
    ['insurer', 'client-died', true],
    ['insurer', 'client-moved', false],
    ['insurer', 'zvw-care-indicated', false],
    ['care-office', 'care-office-assigned', true],
    ['care-office', 'wlz-delivery-started', true],
    ['care-office', 'bridging-extended', true],
    ['care-office', 'absence-consent-given', true],
    ['care-office', 'joint-funding-started', true],
    ['care-office', 'client-moved', false],
    ['care-office', 'client-admitted', false],
    ['oin', 'wlz-indication-issued', true],
    ['oin', 'wlz-indication-withdrawn', true],
    ['oin', 'wlz-requested', true],
    ['oin', 'wlz-delivery-started', false],
    ['oin', 'client-died', false],
  ])('a %s and %s: %p', (kind, type, expected) => expect(maySendType(kind, type)).toBe(expected));

  it.each<OrganisationKind>(['provider', 'municipality', 'insurer', 'care-office', 'oin'])(
    'a %s may correct and retract its own',
    (kind) => {
      expect(maySendType(kind, 'event-corrected') && maySendType(kind, 'event-retracted')).toBe(true);
    },
  );

  it('says who may send a type instead', () => {
    expect(mayNotSend({ kind: 'insurer', code: '3311' }, 'client-died')).toBeUndefined();
    expect(mayNotSend({ kind: 'provider', code: '65656055' }, 'insurance-changed')).toEqual({
      pointer: '/type',
      code: 'type-not-allowed',
      detail: 'nl.domeinbrug.insurance-changed.v1 cannot come from a provider; who may send it: an insurer.',
    });
  });
});

describe('a source', () => {
  it('names an organisation, and is made of one', () => {
    const organisation = { kind: 'care-office', code: '5515' } as const;
    expect(sourceOf(organisation, 'iwlz')).toBe('urn:nld:zorgkantoor:5515:systeem:iwlz');
    expect(organisationOf(sourceOf(organisation, 'iwlz'))).toEqual(organisation);
  });

  it('must be the sender’s own', () => {
    const sender = { kind: 'insurer', code: '3311' } as const;
    expect(foreignSource(sender, 'urn:nld:uzovi:3311:systeem:polis')).toBeUndefined();
    expect(foreignSource(sender, 'urn:nld:zorgkantoor:3311:systeem:polis')?.code).toBe('source-foreign');
    expect(foreignSource(sender, 'nonsense')?.detail).toContain('urn:nld:uzovi:3311:systeem:<name>');
  });
});
