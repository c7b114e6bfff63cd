-- Who pays on which days, by the rules of docs/coverage.md, with the arithmetic of multiranges: + by range_agg, - and *.
-- One row a client, service, kind, funder and range of days; rows of one client, service, kind and funder do not overlap.
DROP TABLE IF EXISTS paid, table_days, run, run_days, lapse, barred, cover, rules_asked;
CREATE UNLOGGED TABLE rules_asked AS SELECT *, int4range(period_from, period_until) AS period FROM asked;
CREATE UNLOGGED TABLE cover AS SELECT *, int4range(from_day, until_day) AS days FROM cover_cell;
ANALYZE cover;
ANALYZE rules_asked;

-- Suspended by a stay, through the day before its last; pooled by joint funding that is not settled.
CREATE UNLOGGED TABLE barred AS
WITH suspended AS (
  SELECT t.client, s.service, int4range(t.from_day,
    CASE t.until_day WHEN 1073741823 THEN t.until_day ELSE t.until_day - 1 END) AS days
  FROM stay t
  CROSS JOIN (VALUES ('household-help'::service), ('guidance'), ('district-nursing')) s(service)
  WHERE t.kind <> 'respite')
SELECT client, service,
  range_agg(days) AS days, coalesce(range_agg(days) FILTER (WHERE suspends), '{}') AS suspended
FROM (
  SELECT client, service, days, true AS suspends FROM suspended
  UNION ALL SELECT client, service, int4range(from_day, until_day), false FROM joint_funding WHERE NOT settled) b
GROUP BY client, service;
ANALYZE barred;

-- A basis lapses for good on the claim's first day on which the regime takes the care over.
CREATE UNLOGGED TABLE lapse AS
SELECT c.id, min(greatest(c.from_day, s.from_day, k.from_day)) AS day
FROM state s
JOIN claim c ON c.client = s.client AND c.from_day < s.until_day AND s.from_day < c.until_day
JOIN cover k ON k.service = c.service AND k.regime = s.regime AND k.days && (c.days * s.days)
WHERE s.regime <> 'outside' AND k.pays <> c.law AND k.pays <> 'none'
GROUP BY c.id;
ANALYZE lapse;

-- The table's word. Under the Wmo and the Zvw a right to the service is asked for, under the Wlz only that the service
-- is needed.
CREATE UNLOGGED TABLE table_days AS
WITH ground AS (
  SELECT c.client, c.service, c.law AS pays, c.from_day, coalesce(l.day, c.until_day) AS until_day
  FROM claim c LEFT JOIN lapse l USING (id)
  UNION ALL SELECT client, service, 'zvw', from_day, until_day FROM stay
  UNION ALL SELECT client, service, 'wlz', from_day, until_day FROM claim c
    WHERE EXISTS (SELECT FROM state s WHERE s.client = c.client AND s.profile IS NOT NULL)
  UNION ALL SELECT client, service, 'wlz', from_day, until_day FROM stay
  UNION ALL SELECT client, service, 'wlz', from_day, until_day FROM joint_funding
  UNION ALL SELECT client, 'residence', 'wlz', from_day, until_day FROM state
    WHERE form IN ('residence', 'part-time-residence')),
payer AS (
  SELECT g.client, g.service, g.pays,
    CASE g.pays WHEN 'wmo' THEN s.municipality WHEN 'zvw' THEN s.insurer ELSE s.care_office END AS funder,
    range_agg(int4range(g.from_day, g.until_day) * s.days * k.days) AS days
  FROM ground g
  JOIN state s ON s.client = g.client AND s.from_day < g.until_day AND g.from_day < s.until_day
  JOIN cover k ON k.service = g.service AND k.regime = s.regime AND k.pays = g.pays
    AND k.from_day < least(g.until_day, s.until_day) AND greatest(g.from_day, s.from_day) < k.until_day
  WHERE CASE g.pays WHEN 'wmo' THEN s.municipality WHEN 'zvw' THEN s.insurer ELSE s.care_office END IS NOT NULL
  GROUP BY 1, 2, 3, 4)
SELECT p.client, p.service, p.pays, p.funder, p.days - coalesce(b.days, '{}') AS days
FROM payer p LEFT JOIN barred b ON b.client = p.client AND b.service = p.service;
ANALYZE table_days;

-- Windows of a living client. Triggers are read off the state line: runs of days in a residence form, with or without
-- an entitlement, and of days with an entitlement.
CREATE UNLOGGED TABLE run AS
WITH in_residence AS (
  SELECT client, unnest(range_agg(days)) AS days FROM state WHERE form = 'residence' GROUP BY client),
discharge AS (
  SELECT i.client, upper(i.days) - 1 AS day FROM in_residence i LEFT JOIN death d USING (client)
  WHERE upper(i.days) < 1073741823 AND upper(i.days) IS DISTINCT FROM d.day + 1),
entitled AS (
  SELECT client, unnest(range_agg(days)) AS days FROM state
  WHERE profile IS NOT NULL AND (SELECT run_out_length FROM rules_asked) > 0 GROUP BY client),
-- Once, from the first admission with a case manager in the days before it.
handover AS (
  SELECT i.client, min(lower(i.days)) AS day
  FROM in_residence i CROSS JOIN rules_asked r
  JOIN claim c ON c.client = i.client AND c.service = 'case-management'
    AND c.days && int4range(lower(i.days) - r.claim_within_days, lower(i.days))
  WHERE r.handover_length > 0 GROUP BY i.client),
-- Once for each service, from the first entitlement with a claim on the day before.
run_out AS (
  SELECT e.client, c.service, min(lower(e.days)) AS day
  FROM entitled e
  JOIN claim c ON c.client = e.client AND c.service IN ('guidance', 'day-activities') AND c.days @> lower(e.days) - 1
  WHERE lower(e.days) > -1073741823 GROUP BY e.client, c.service)
SELECT t.client, 'case-management'::service AS service, 'zvw'::cell AS pays, 'handover'::cover_kind AS kind,
  int4range(t.day, least(t.day + r.handover_length, min(x.day) + 1, min(c.day) + 1, min(d.day) + 1)) AS days
FROM handover t CROSS JOIN rules_asked r
LEFT JOIN discharge x ON x.client = t.client AND x.day >= t.day
LEFT JOIN completion c ON c.client = t.client AND c.service = 'case-management' AND c.day >= t.day
LEFT JOIN death d ON d.client = t.client
GROUP BY t.client, t.day, r.handover_length
UNION ALL
SELECT t.client, t.service, 'wmo', 'run-out', int4range(t.day, least(t.day + r.run_out_length, d.day + 1))
FROM run_out t CROSS JOIN rules_asked r LEFT JOIN death d ON d.client = t.client;
ANALYZE run;

-- Paid by who is bound on each day, except where the table has the same payer pay.
CREATE UNLOGGED TABLE run_days AS
SELECT r.client, r.service, r.kind, r.pays,
  CASE r.pays WHEN 'wmo' THEN s.municipality ELSE s.insurer END AS funder,
  (r.days - coalesce(b.days, '{}') - coalesce(t.days, '{}')) * s.days::int4multirange AS days
FROM (SELECT client, service, kind, pays, days AS span, days::int4multirange AS days FROM run) r
JOIN state s ON s.client = r.client AND s.days && r.span
LEFT JOIN barred b ON b.client = r.client AND b.service = r.service
LEFT JOIN (
  SELECT client, service, pays, range_agg(day) AS days
  FROM table_days, unnest(days) AS day
  WHERE service IN ('case-management', 'guidance', 'day-activities') AND pays <> 'wlz'
    AND client IN (SELECT client FROM run)
  GROUP BY client, service, pays) t ON t.client = r.client AND t.service = r.service AND t.pays = r.pays;

CREATE UNLOGGED TABLE paid AS
WITH RECURSIVE
-- Away from the residence: the bed is kept through the last day of the allowance, with consent as long as it lasts. Of
-- leave the allowance is what the calendar year of the departure has left. Of several absences the latest begun governs.
allowed AS (
  SELECT a.*, a.departure + CASE a.reason WHEN 'hospital' THEN r.hospital_absence_days
    ELSE greatest(0, r.leave_absence_days - coalesce(t.days, 0)) END AS last_kept
  FROM absence a CROSS JOIN rules_asked r
  LEFT JOIN (
    SELECT client, place, sum(upper(day) - lower(day))::integer AS days
    FROM (
      SELECT a.client, a.place, unnest(range_agg(e.days) * int4multirange(int4range(
        date_trunc('year', DATE '1970-01-01' + a.departure)::date - DATE '1970-01-01', a.departure + 1))) AS day
      FROM absence a
      JOIN absence e ON e.client = a.client AND e.reason = 'leave'
        AND (e.from_day < a.from_day OR (e.from_day = a.from_day AND e.place < a.place))
      WHERE a.reason = 'leave'
      GROUP BY a.client, a.place, a.departure) taken
    GROUP BY client, place) t ON t.client = a.client AND t.place = a.place),
governing AS (
  SELECT a.client, a.place, int4multirange(a.days) - coalesce(range_agg(l.days), '{}') AS days
  FROM absence a
  LEFT JOIN absence l ON l.client = a.client
    AND (l.from_day > a.from_day OR (l.from_day = a.from_day AND l.place < a.place))
  GROUP BY a.client, a.place, a.days),
kept AS (
  SELECT a.client, a.place, CASE WHEN count(c.day) > 0 THEN NULL ELSE a.last_kept + 1 END AS until_day
  FROM allowed a LEFT JOIN consent c ON c.client = a.client AND c.day BETWEEN a.departure AND a.last_kept
  GROUP BY a.client, a.place, a.last_kept),
bed AS (
  SELECT client, range_agg(day) AS away, coalesce(range_agg(day) FILTER (WHERE kept), '{}') AS kept
  FROM (
    SELECT g.client, unnest(g.days * int4multirange(int4range(NULL, k.until_day))) AS day, true AS kept
    FROM governing g JOIN kept k USING (client, place)
    UNION ALL SELECT client, unnest(days), false FROM governing) b
  GROUP BY client),
-- Of several pools that are not settled the latest begun.
pooled AS (
  SELECT j.client, j.service, j.pool,
    int4multirange(int4range(j.from_day, j.until_day)) - coalesce((
      SELECT range_agg(int4range(l.from_day, l.until_day)) FROM joint_funding l
      WHERE l.client = j.client AND l.service = j.service AND NOT l.settled
        AND (l.from_day > j.from_day OR (l.from_day = j.from_day AND l.place < j.place))), '{}')
    - coalesce((SELECT suspended FROM barred b WHERE b.client = j.client AND b.service = j.service), '{}') AS days
  FROM joint_funding j WHERE NOT j.settled),
-- After a death, by who was bound on that day: the room is kept, and the carer is seen where there is one.
bequest AS (
  SELECT d.client, 'vacancy'::service AS service, 'vacancy'::cover_kind AS kind, 'care-office'::funder_kind AS level,
    s.care_office AS funder, int4range(d.day + 1, d.day + 1 + r.vacancy_length) AS days
  FROM death d CROSS JOIN rules_asked r
  JOIN state s ON s.client = d.client AND s.days @> d.day
  WHERE s.regime IN ('residence', 'residence-with-treatment')
  UNION ALL
  SELECT d.client, 'aftercare', 'aftercare', 'insurer', s.insurer, int4range(d.day + 1, d.day + 1 + r.aftercare_length)
  FROM death d CROSS JOIN rules_asked r
  JOIN state s ON s.client = d.client AND s.days @> d.day
  WHERE r.aftercare_length > 0
    AND EXISTS (SELECT FROM carer k WHERE k.client = d.client AND k.from_day <= d.day AND d.day < k.until_day)
    AND (EXISTS (SELECT FROM claim c WHERE c.client = d.client AND c.service = 'case-management'
        AND c.days && int4range(d.day - r.aftercare_within_days, d.day))
      OR EXISTS (SELECT FROM run_days h WHERE h.client = d.client AND h.kind = 'handover' AND h.funder IS NOT NULL
        AND h.days && int4range(d.day - r.aftercare_within_days, d.day)))),
-- Whoever was bound pays on under the code it has on the day, through any number of mergers; a circle of them ends.
holder AS (
  SELECT *, 0 AS step FROM bequest
  UNION ALL
  SELECT h.client, h.service, h.kind, h.level, m.successor, h.days * int4range(m.from_day, NULL), h.step + 1
  FROM holder h
  JOIN succession m ON m.client = h.client AND m.level = h.level AND m.code = h.funder AND m.from_day < upper(h.days)
  JOIN (SELECT client, count(*) AS mergers FROM succession GROUP BY client) n ON n.client = h.client AND h.step < n.mergers),
bequeathed AS (
  SELECT client, service, kind, level, funder,
    int4multirange(days) - coalesce(int4multirange(lead(days) OVER (PARTITION BY client, service ORDER BY step)), '{}') AS days
  FROM holder),
every_day AS (
  SELECT t.client, t.service, 'regular'::cover_kind AS kind, t.pays, t.funder,
    CASE WHEN b.away IS NULL THEN t.days ELSE t.days - b.away END AS days
  FROM table_days t LEFT JOIN bed b ON b.client = t.client AND t.service = 'residence'
  UNION ALL
  SELECT t.client, t.service, 'retained', t.pays, t.funder, t.days * b.kept
  FROM table_days t JOIN bed b ON b.client = t.client AND t.service = 'residence'
  UNION ALL SELECT client, service, kind, pays, funder, days FROM run_days),
funded AS (
  SELECT client, service, kind, CASE pays WHEN 'wmo' THEN 'municipality'::funder_kind WHEN 'zvw' THEN 'insurer'
    ELSE 'care-office' END AS funder_kind, funder, days FROM every_day
  UNION ALL SELECT client, service, kind, level, funder, days FROM bequeathed
  UNION ALL SELECT client, service, 'joint', 'pool', pool, days FROM pooled)
SELECT client, service, kind, funder_kind, funder, lower(day) AS from_day, upper(day) AS until_day
FROM funded CROSS JOIN rules_asked r CROSS JOIN LATERAL unnest(days * int4multirange(r.period)) AS day
WHERE funder IS NOT NULL;
ANALYZE paid;
