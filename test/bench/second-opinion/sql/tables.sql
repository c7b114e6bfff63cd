-- Facts and state line as they are exported: days are whole days since 1970-01-01, ranges half-open, an open end
-- a day beyond all others. No rule has taken part. DuckDB and PostgreSQL both read this file.

CREATE TYPE service AS ENUM (
  'household-help', 'guidance', 'day-activities', 'respite-care', 'mobility-aid', 'home-adaptation',
  'social-transport', 'client-support', 'district-nursing', 'case-management', 'specific-treatment',
  'geriatric-team-care', 'geriatric-rehabilitation', 'hospital-care', 'mental-health-care', 'short-stay',
  'residence', 'aftercare', 'vacancy');
CREATE TYPE regime AS ENUM (
  'outside', 'entitled', 'modular', 'personal-budget', 'full-package', 'part-time-residence', 'residence',
  'residence-with-treatment');
-- What a cell of the cover table says; the first three are laws.
CREATE TYPE cell AS ENUM ('wmo', 'zvw', 'wlz', 'none', 'absorbed', 'ended', 'excluded');
CREATE TYPE funder_kind AS ENUM ('municipality', 'insurer', 'care-office', 'pool');
CREATE TYPE cover_kind AS ENUM ('regular', 'retained', 'joint', 'handover', 'run-out', 'aftercare', 'vacancy');

-- Codes are numbers; NULL = nobody known, of `profile` no entitlement, of `form` no delivery.
CREATE TABLE state (
  client integer NOT NULL, from_day integer NOT NULL, until_day integer NOT NULL,
  municipality integer, insurer integer, care_office integer,
  profile integer, form text, regime regime NOT NULL);
CREATE TABLE claim (
  id integer NOT NULL, client integer NOT NULL, service service NOT NULL, law cell NOT NULL,
  from_day integer NOT NULL, until_day integer NOT NULL);
-- `place` orders facts that begin on one day: the smaller one came first.
CREATE TABLE stay (
  client integer NOT NULL, service service NOT NULL, kind text NOT NULL,
  from_day integer NOT NULL, until_day integer NOT NULL);
CREATE TABLE absence (
  client integer NOT NULL, place integer NOT NULL, reason text NOT NULL, departure integer NOT NULL,
  from_day integer NOT NULL, until_day integer NOT NULL);
CREATE TABLE consent (client integer NOT NULL, day integer NOT NULL);
CREATE TABLE joint_funding (
  client integer NOT NULL, place integer NOT NULL, service service NOT NULL, pool integer NOT NULL,
  settled boolean NOT NULL, from_day integer NOT NULL, until_day integer NOT NULL);
CREATE TABLE carer (client integer NOT NULL, from_day integer NOT NULL, until_day integer NOT NULL);
CREATE TABLE completion (client integer NOT NULL, service service NOT NULL, day integer NOT NULL);
CREATE TABLE death (client integer NOT NULL, day integer NOT NULL);
-- A merger: from this day the holder of the code goes on under another.
CREATE TABLE succession (
  client integer NOT NULL, level funder_kind NOT NULL, code integer NOT NULL, successor integer NOT NULL,
  from_day integer NOT NULL);
