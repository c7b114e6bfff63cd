-- The shipped rule sets, written down here a second time from docs/coverage.md and docs/rules.md, on purpose not
-- read from rules/: two who copy from one text agree on its mistakes. DuckDB and PostgreSQL both read this file.

CREATE TABLE rule_set (
  id text NOT NULL, undelivered text NOT NULL,
  handover_length integer NOT NULL, claim_within_days integer NOT NULL,
  run_out_length integer NOT NULL,
  aftercare_length integer NOT NULL, aftercare_within_days integer NOT NULL,
  vacancy_length integer NOT NULL,
  hospital_absence_days integer NOT NULL, leave_absence_days integer NOT NULL);
INSERT INTO rule_set VALUES
  ('sharp-cut',                'strict',          0, 7,  0,  0, 42, 13, 91, 42),
  ('six-weeks',                'strict',         42, 7,  0,  0, 42, 13, 91, 42),
  ('six-weeks-with-aftercare', 'strict',         42, 7,  0, 42, 42, 13, 91, 42),
  ('municipal-run-out',        'strict',          0, 7, 42,  0, 42, 13, 91, 42),
  ('until-delivery',           'until-delivery',  0, 7,  0,  0, 42, 13, 91, 42);

-- The question: which rule set, and which days of it, `period_until` not among them.
CREATE TABLE question (rule_set text NOT NULL, period_from integer NOT NULL, period_until integer NOT NULL);
CREATE VIEW asked AS
  SELECT r.*, q.period_from, q.period_until FROM rule_set r JOIN question q ON q.rule_set = r.id;

-- One letter a cell, columns in the order of the type `regime`: m Wmo, z Zvw, b Wlz, n none, a absorbed, e ended,
-- u undelivered, C cleaning under modular (the Wmo until April 2017, then the Wlz), A aids in a residence without
-- treatment (the Wmo until 2020, then the Wlz).
CREATE TABLE cover_table (service service NOT NULL, cells text NOT NULL);
INSERT INTO cover_table VALUES
  ('household-help',           'muCbbbaa'),
  ('guidance',                 'mubbbbaa'),
  ('day-activities',           'mubbbbaa'),
  ('respite-care',             'mubbbaaa'),
  ('mobility-aid',             'mmmmmmAb'),
  ('home-adaptation',          'mmmmmmee'),
  ('social-transport',         'mmmmmmmm'),
  ('client-support',           'mbbbbbbb'),
  ('district-nursing',         'zubbbbaa'),
  ('case-management',          'zzzzbzee'),
  ('specific-treatment',       'zubnbbbb'),
  ('geriatric-team-care',      'znnnbnaa'),
  ('geriatric-rehabilitation', 'zzzzzzzz'),
  ('hospital-care',            'zzzzzzzz'),
  ('mental-health-care',       'zzzzzzzb'),
  ('short-stay',               'znnnnnnn'),
  ('residence',                'nnnnnbbb');

CREATE TABLE cell_column (place integer NOT NULL, regime regime NOT NULL);
INSERT INTO cell_column VALUES
  (1, 'outside'), (2, 'entitled'), (3, 'modular'), (4, 'personal-budget'), (5, 'full-package'),
  (6, 'part-time-residence'), (7, 'residence'), (8, 'residence-with-treatment');

-- What a letter says from which day until which; the first value holds for ever before.
CREATE TABLE letter (letter text NOT NULL, pays cell NOT NULL, from_day integer NOT NULL, until_day integer NOT NULL);
INSERT INTO letter VALUES
  ('m', 'wmo', -1073741823, 1073741823), ('z', 'zvw', -1073741823, 1073741823),
  ('b', 'wlz', -1073741823, 1073741823), ('n', 'none', -1073741823, 1073741823),
  ('a', 'absorbed', -1073741823, 1073741823), ('e', 'ended', -1073741823, 1073741823),
  ('x', 'excluded', -1073741823, 1073741823),
  ('C', 'wmo', -1073741823, DATE '2017-04-01' - DATE '1970-01-01'),
  ('C', 'wlz', DATE '2017-04-01' - DATE '1970-01-01', 1073741823),
  ('A', 'wmo', -1073741823, DATE '2020-01-01' - DATE '1970-01-01'),
  ('A', 'wlz', DATE '2020-01-01' - DATE '1970-01-01', 1073741823);

-- The table under the rule set asked about. Undelivered is nobody's under `strict`, and as outside the Wlz under
-- `until-delivery`.
CREATE VIEW cover_cell AS
  SELECT t.service, c.regime, l.pays, l.from_day, l.until_day
  FROM cover_table t CROSS JOIN cell_column c CROSS JOIN asked a
  JOIN letter l ON l.letter = CASE
    WHEN substr(t.cells, c.place, 1) <> 'u' THEN substr(t.cells, c.place, 1)
    WHEN a.undelivered = 'strict' THEN 'x'
    ELSE substr(t.cells, 1, 1) END;

-- Months that touch the period, cut to it.
CREATE TABLE month_asked (month integer NOT NULL, from_day integer NOT NULL, until_day integer NOT NULL);
-- Each day of the period, with its month.
CREATE TABLE day_asked (day integer NOT NULL, month integer NOT NULL, from_day integer NOT NULL, until_day integer NOT NULL);
