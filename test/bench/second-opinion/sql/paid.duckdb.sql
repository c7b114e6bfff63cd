-- Who pays on which days, by the rules of docs/coverage.md: one row a client, service, kind, funder and range of days;
-- rows of one client, service, kind and funder do not overlap. In steps, so that each is planned on what the one before
-- found.
CREATE OR REPLACE TEMP TABLE rules_asked AS FROM asked;
CREATE OR REPLACE TEMP TABLE cover AS FROM cover_cell;

-- Joint funding that is not settled; of several the latest begun.
CREATE OR REPLACE TEMP TABLE pooled AS
WITH pool_edge AS (
  SELECT client, service, day, lead(day) OVER (PARTITION BY client, service ORDER BY day) AS next_day
  FROM (SELECT client, service, from_day AS day FROM joint_funding WHERE NOT settled
    UNION SELECT client, service, until_day FROM joint_funding WHERE NOT settled))
SELECT e.client, e.service, arg_max(j.pool, (j.from_day, -j.place)) AS pool, e.day AS from_day, e.next_day AS until_day
FROM pool_edge e
JOIN joint_funding j ON j.client = e.client AND j.service = e.service AND NOT j.settled
  AND j.from_day <= e.day AND e.day < j.until_day
GROUP BY e.client, e.service, e.day, e.next_day;

-- A stay suspends care at home through the day before its last day.
CREATE OR REPLACE TEMP TABLE suspended AS
SELECT t.client, s.service, t.from_day,
  CASE WHEN t.until_day = 1073741823 THEN t.until_day ELSE t.until_day - 1 END AS until_day
FROM stay t
CROSS JOIN (VALUES ('household-help'::service), ('guidance'::service), ('district-nursing'::service)) s(service)
WHERE t.kind <> 'respite';

-- Where neither holds is what is left of time between the ranges of both.
CREATE OR REPLACE TEMP TABLE barred AS
SELECT client, service, from_day, until_day FROM suspended
UNION ALL SELECT client, service, from_day, until_day FROM pooled;
CREATE OR REPLACE TEMP TABLE unbarred AS
SELECT client, service, coalesce(max(until_day) OVER before, -1073741823) AS from_day, from_day AS until_day FROM barred
WINDOW before AS (PARTITION BY client, service ORDER BY from_day, until_day
  ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
UNION ALL SELECT client, service, max(until_day), 1073741823 FROM barred GROUP BY client, service;
CREATE OR REPLACE TEMP TABLE unsuspended AS
SELECT client, service, coalesce(max(until_day) OVER before, -1073741823) AS from_day, from_day AS until_day
FROM suspended SEMI JOIN pooled USING (client, service)
WINDOW before AS (PARTITION BY client, service ORDER BY from_day, until_day
  ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
UNION ALL SELECT client, service, max(until_day), 1073741823 FROM suspended SEMI JOIN pooled USING (client, service) GROUP BY client, service;

-- Away from the residence: the bed is kept through the last day of the allowance, with consent as long as it lasts. Of
-- leave the allowance is what the calendar year of the departure has left. Of several absences the latest begun governs.
CREATE OR REPLACE TEMP TABLE bed AS
WITH
leave_taken AS (
  SELECT a.client, a.place, count(DISTINCT d.day) AS days
  FROM absence a
  JOIN absence e ON e.client = a.client AND e.reason = 'leave'
    AND (e.from_day < a.from_day OR (e.from_day = a.from_day AND e.place < a.place))
  CROSS JOIN LATERAL (SELECT unnest(range(
      greatest(e.from_day, date_trunc('year', DATE '1970-01-01' + a.departure)::DATE - DATE '1970-01-01'),
      least(e.until_day, a.departure + 1)::BIGINT)) AS day) d
  WHERE a.reason = 'leave'
  GROUP BY a.client, a.place),
allowed AS (
  SELECT a.*, a.departure + CASE a.reason WHEN 'hospital' THEN r.hospital_absence_days
    ELSE greatest(0, r.leave_absence_days - coalesce(t.days, 0))::INTEGER END AS last_kept
  FROM absence a CROSS JOIN rules_asked r LEFT JOIN leave_taken t ON t.client = a.client AND t.place = a.place),
kept AS (
  SELECT a.client, a.place, a.from_day, a.until_day,
    CASE WHEN bool_or(c.day IS NOT NULL) THEN a.until_day ELSE a.last_kept + 1 END AS kept_until
  FROM allowed a LEFT JOIN consent c ON c.client = a.client AND c.day BETWEEN a.departure AND a.last_kept
  GROUP BY a.client, a.place, a.from_day, a.until_day, a.last_kept),
bed_edge AS (
  SELECT client, day, lead(day, 1, 1073741823) OVER (PARTITION BY client ORDER BY day) AS next_day
  FROM (SELECT client, -1073741823 AS day FROM kept UNION SELECT client, from_day FROM kept
    UNION SELECT client, until_day FROM kept UNION SELECT client, kept_until FROM kept))
SELECT e.client, 'residence'::service AS service, e.day AS from_day, e.next_day AS until_day,
  coalesce(arg_max(e.day < k.kept_until, (k.from_day, -k.place)), true) AS paid,
  CASE WHEN count(k.client) > 0 THEN 'retained'::cover_kind ELSE 'regular'::cover_kind END AS kind
FROM bed_edge e LEFT JOIN kept k ON k.client = e.client AND k.from_day <= e.day AND e.day < k.until_day
GROUP BY e.client, e.day, e.next_day;

-- A basis lapses for good on the claim's first day on which the regime takes the care over.
CREATE OR REPLACE TEMP TABLE lapse AS
SELECT c.id, min(greatest(c.from_day, s.from_day, k.from_day)) AS day
FROM state s
JOIN claim c ON c.client = s.client AND c.from_day < s.until_day AND s.from_day < c.until_day
JOIN cover k ON k.service = c.service AND k.regime = s.regime
  AND k.from_day < least(c.until_day, s.until_day) AND greatest(c.from_day, s.from_day) < k.until_day
WHERE s.regime <> 'outside'::regime AND k.pays <> c.law AND k.pays <> 'none'::cell
GROUP BY c.id;

-- The table's word. Under the Wmo and the Zvw a right to the service is asked for, under the Wlz only that the service
-- is needed. On one day a service has one law, so ranges that overlap have the same payer.
CREATE OR REPLACE TEMP TABLE entitled AS
SELECT DISTINCT client FROM state WHERE profile IS NOT NULL;
CREATE OR REPLACE TEMP TABLE by_table AS
WITH ground AS (
  SELECT c.client, c.service, c.law AS pays, c.from_day, least(c.until_day, coalesce(l.day, c.until_day)) AS until_day
  FROM claim c LEFT JOIN lapse l USING (id)
  WHERE l.day IS NULL OR l.day > c.from_day
  UNION ALL SELECT client, service, 'zvw'::cell, from_day, until_day FROM stay
  UNION ALL SELECT client, service, 'wlz'::cell, from_day, until_day FROM claim SEMI JOIN entitled USING (client)
  UNION ALL SELECT client, service, 'wlz'::cell, from_day, until_day FROM stay
  UNION ALL SELECT client, service, 'wlz'::cell, from_day, until_day FROM joint_funding
  UNION ALL SELECT client, 'residence'::service, 'wlz'::cell, from_day, until_day FROM state
    WHERE form IN ('residence', 'part-time-residence'))
SELECT g.client, g.service, g.pays,
  CASE g.pays WHEN 'wmo'::cell THEN s.municipality WHEN 'zvw'::cell THEN s.insurer ELSE s.care_office END AS funder,
  greatest(g.from_day, s.from_day, k.from_day) AS from_day,
  least(g.until_day, s.until_day, k.until_day) AS until_day
FROM ground g
JOIN state s ON s.client = g.client AND s.from_day < g.until_day AND g.from_day < s.until_day
JOIN cover k ON k.service = g.service AND k.regime = s.regime AND k.pays = g.pays
  AND k.from_day < least(g.until_day, s.until_day) AND greatest(g.from_day, s.from_day) < k.until_day
WHERE CASE g.pays WHEN 'wmo'::cell THEN s.municipality WHEN 'zvw'::cell THEN s.insurer ELSE s.care_office END
  IS NOT NULL;

-- Few have several rights to one service; of theirs, each range keeps the days that none before it had.
CREATE OR REPLACE TEMP TABLE crowded AS
SELECT client, service
FROM (SELECT client, service FROM claim UNION ALL SELECT client, service FROM stay
  UNION ALL SELECT client, service FROM joint_funding)
GROUP BY client, service HAVING count(*) > 1 OR service = 'residence'::service;

CREATE OR REPLACE TEMP TABLE table_paid AS
WITH once AS (
  SELECT client, service, pays, funder, from_day, until_day FROM by_table ANTI JOIN crowded USING (client, service)
  UNION ALL
  SELECT client, service, pays, funder,
    greatest(from_day, coalesce(max(until_day) OVER before, from_day)) AS from_day, until_day
  FROM by_table SEMI JOIN crowded USING (client, service)
  WINDOW before AS (PARTITION BY client, service ORDER BY from_day, until_day
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
SELECT o.client, o.service, coalesce(b.kind, 'regular'::cover_kind) AS kind, o.pays, o.funder,
  greatest(o.from_day, coalesce(u.from_day, o.from_day), coalesce(b.from_day, o.from_day)) AS from_day,
  least(o.until_day, coalesce(u.until_day, o.until_day), coalesce(b.until_day, o.until_day)) AS until_day
FROM once o
LEFT JOIN unbarred u ON u.client = o.client AND u.service = o.service
LEFT JOIN bed b ON b.client = o.client AND b.service = o.service
WHERE o.from_day < o.until_day AND coalesce(b.paid, true);

-- Windows of a living client. Triggers are read off the state line: runs of days in a residence form, with or without
-- an entitlement, and of days with an entitlement.
CREATE OR REPLACE TEMP TABLE in_residence AS
SELECT client, run, min(from_day) AS admission, max(until_day) AS until_day
FROM (SELECT client, from_day, until_day, sum(begins) OVER (PARTITION BY client ORDER BY from_day) AS run
  FROM (SELECT client, from_day, until_day, (lag(until_day) OVER (PARTITION BY client ORDER BY from_day)
      IS DISTINCT FROM from_day)::INTEGER AS begins
    FROM state WHERE form = 'residence'))
GROUP BY client, run;

CREATE OR REPLACE TEMP TABLE run AS
WITH
discharge AS (
  SELECT i.client, i.until_day - 1 AS day FROM in_residence i LEFT JOIN death d USING (client)
  WHERE i.until_day < 1073741823 AND i.until_day IS DISTINCT FROM d.day + 1),
entitlement_start AS (
  SELECT client, from_day AS day
  FROM (SELECT client, from_day, lag(until_day) OVER (PARTITION BY client ORDER BY from_day) AS last_until
    FROM state WHERE profile IS NOT NULL)
  WHERE last_until IS DISTINCT FROM from_day AND from_day > -1073741823),
-- Once, from the first admission with a case manager in the days before it.
handover AS (
  SELECT t.client, 'case-management'::service AS service, 'zvw'::cell AS pays, 'handover'::cover_kind AS kind,
    t.day AS from_day,
    least(t.day + any_value(t.length), min(x.day) + 1, min(c.day) + 1, min(d.day) + 1) AS until_day
  FROM (SELECT i.client, min(i.admission) AS day, any_value(r.handover_length) AS length
    FROM in_residence i CROSS JOIN rules_asked r
    JOIN claim c ON c.client = i.client AND c.service = 'case-management'::service
      AND c.from_day < i.admission AND i.admission - r.claim_within_days < c.until_day
    WHERE r.handover_length > 0 GROUP BY i.client) t
  LEFT JOIN discharge x ON x.client = t.client AND x.day >= t.day
  LEFT JOIN completion c ON c.client = t.client AND c.service = 'case-management'::service AND c.day >= t.day
  LEFT JOIN death d ON d.client = t.client
  GROUP BY t.client, t.day),
-- Once for each service, from the first entitlement with a claim on the day before.
run_out AS (
  SELECT t.client, t.service, 'wmo'::cell AS pays, 'run-out'::cover_kind AS kind, t.day AS from_day,
    least(t.day + t.length, d.day + 1) AS until_day
  FROM (SELECT e.client, c.service, min(e.day) AS day, any_value(r.run_out_length) AS length
    FROM entitlement_start e CROSS JOIN rules_asked r
    JOIN claim c ON c.client = e.client AND c.service IN ('guidance'::service, 'day-activities'::service)
      AND c.from_day < e.day AND e.day <= c.until_day
    WHERE r.run_out_length > 0 GROUP BY e.client, c.service) t
  LEFT JOIN death d ON d.client = t.client)
FROM handover UNION ALL FROM run_out;

-- Paid by who is bound on each day, except where the table has the same payer pay.
CREATE OR REPLACE TEMP TABLE run_paid AS
WITH
run_barred AS (
  SELECT r.client, r.service, b.from_day, b.until_day FROM run r JOIN barred b USING (client, service)
  UNION ALL SELECT r.client, r.service, p.from_day, p.until_day FROM run r JOIN table_paid p USING (client, service, pays)
    WHERE p.service IN ('case-management'::service, 'guidance'::service, 'day-activities'::service)
      AND p.from_day < p.until_day),
run_unbarred AS (
  SELECT client, service, coalesce(max(until_day) OVER before, -1073741823) AS from_day, from_day AS until_day FROM run_barred
  WINDOW before AS (PARTITION BY client, service ORDER BY from_day, until_day
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
  UNION ALL SELECT client, service, max(until_day), 1073741823 FROM run_barred GROUP BY client, service)
SELECT r.client, r.service, r.kind, r.pays,
  CASE r.pays WHEN 'wmo'::cell THEN s.municipality ELSE s.insurer END AS funder,
  greatest(r.from_day, s.from_day, coalesce(u.from_day, r.from_day)) AS from_day,
  least(r.until_day, s.until_day, coalesce(u.until_day, r.until_day)) AS until_day
FROM run r
JOIN state s ON s.client = r.client AND s.from_day < r.until_day AND r.from_day < s.until_day
LEFT JOIN run_unbarred u ON u.client = r.client AND u.service = r.service;

CREATE OR REPLACE TEMP TABLE paid AS
WITH RECURSIVE
-- After a death, by who was bound on that day: the room is kept, and the carer is seen where there is one.
bequest AS (
  SELECT d.client, 'vacancy'::service AS service, 'vacancy'::cover_kind AS kind, 'care-office'::funder_kind AS level,
    s.care_office AS funder, d.day + 1 AS from_day, d.day + 1 + r.vacancy_length AS until_day
  FROM death d CROSS JOIN rules_asked r
  JOIN state s ON s.client = d.client AND s.from_day <= d.day AND d.day < s.until_day
  WHERE s.regime IN ('residence'::regime, 'residence-with-treatment'::regime) AND r.vacancy_length > 0
  UNION ALL
  SELECT d.client, 'aftercare'::service, 'aftercare'::cover_kind, 'insurer'::funder_kind,
    s.insurer, d.day + 1, d.day + 1 + r.aftercare_length
  FROM death d CROSS JOIN rules_asked r
  JOIN state s ON s.client = d.client AND s.from_day <= d.day AND d.day < s.until_day
  SEMI JOIN carer k ON k.client = d.client AND k.from_day <= d.day AND d.day < k.until_day
  SEMI JOIN (
    SELECT client, from_day, until_day FROM claim WHERE service = 'case-management'::service
    UNION ALL SELECT client, from_day, until_day FROM run_paid WHERE kind = 'handover'::cover_kind
      AND funder IS NOT NULL AND from_day < until_day) c
    ON c.client = d.client AND c.from_day < d.day AND d.day - r.aftercare_within_days < c.until_day
  WHERE r.aftercare_length > 0),
-- Whoever was bound pays on under the code it has on the day, through any number of mergers; a circle of them ends.
holder AS (
  SELECT *, 0 AS step FROM bequest
  UNION ALL
  SELECT h.client, h.service, h.kind, h.level, m.successor, greatest(h.from_day, m.from_day), h.until_day, h.step + 1
  FROM holder h
  JOIN succession m ON m.client = h.client AND m.level = h.level AND m.code = h.funder AND m.from_day < h.until_day
  JOIN (SELECT client, count(*) AS mergers FROM succession GROUP BY client) n ON n.client = h.client AND h.step < n.mergers),
bequeathed AS (
  SELECT client, service, kind, level, funder, from_day,
    lead(from_day, 1, until_day) OVER (PARTITION BY client, service ORDER BY step) AS until_day
  FROM holder),
all_paid AS (
  SELECT client, service, kind, CASE pays WHEN 'wmo'::cell THEN 'municipality'::funder_kind
    WHEN 'zvw'::cell THEN 'insurer'::funder_kind ELSE 'care-office'::funder_kind END AS funder_kind,
    funder, from_day, until_day
  FROM (SELECT client, service, kind, pays, funder, from_day, until_day FROM table_paid
    UNION ALL FROM run_paid)
  UNION ALL FROM bequeathed
  UNION ALL
  SELECT p.client, p.service, 'joint'::cover_kind, 'pool'::funder_kind, p.pool,
    greatest(p.from_day, coalesce(u.from_day, p.from_day)), least(p.until_day, coalesce(u.until_day, p.until_day))
  FROM pooled p
  LEFT JOIN unsuspended u ON u.client = p.client AND u.service = p.service)
SELECT p.client, p.service, p.kind, p.funder_kind, p.funder,
  greatest(p.from_day, a.period_from) AS from_day, least(p.until_day, a.period_until) AS until_day
FROM all_paid p CROSS JOIN rules_asked a
WHERE p.funder IS NOT NULL
  AND greatest(p.from_day, a.period_from) < least(p.until_day, a.period_until);