-- Who pays on which days, by the rules of docs/coverage.md, with the arithmetic of multiranges: + by range_agg, - and *.
-- One row a client, service, kind, funder and range of days; rows of one client, service, kind and funder do not overlap.
DROP TABLE IF EXISTS paid, table_days, run, run_days, barred, cover, rules_asked;
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

-- The table's word. A basis lapses for good on the claim's first day on which the regime takes the care over. Under
-- the Wmo and the Zvw a right to the service is asked for, under the Wlz only that the service is needed.
CREATE UNLOGGED TABLE table_days AS
WITH lapse AS (
  SELECT c.id, min(lower(c.days * s.days * k.days)) AS day
  FROM state s
  JOIN claim c ON c.client = s.client AND c.days && s.days
  JOIN cover k ON k.service = c.service AND k.regime = s.regime AND k.days && (c.days * s.days)
  WHERE s.regime <> 'outside' AND k.pays <> c.law AND k.pays <> 'none'
  GROUP BY c.id),
ground AS (
  SELECT c.client, c.service, c.law AS pays, int4range(c.from_day, coalesce(l.day, c.until_day)) AS days
  FROM claim c LEFT JOIN lapse l USING (id)
  UNION ALL SELECT client, service, 'zvw', int4range(from_day, until_day) FROM stay
  UNION ALL SELECT client, service, 'wlz', days FROM claim c
    WHERE EXISTS (SELECT FROM state s WHERE s.client = c.client AND s.profile IS NOT NULL)
  UNION ALL SELECT client, service, 'wlz', int4range(from_day, until_day) FROM stay
  UNION ALL SELECT client, service, 'wlz', int4range(from_day, until_day) FROM joint_funding
  UNION ALL SELECT client, 'residence', 'wlz', days FROM state WHERE form IN ('residence', 'part-time-residence')),
payer AS (
  SELECT g.client, g.service, g.pays,
    CASE g.pays WHEN 'wmo' THEN s.municipality WHEN 'zvw' THEN s.insurer ELSE s.care_office END AS funder,
    range_agg(g.days * s.days * k.days) AS days
  FROM ground g
  JOIN state s ON s.client = g.client AND s.days && g.days
  JOIN cover k ON k.service = g.service AND k.regime = s.regime AND k.pays = g.pays AND k.days && (g.days * s.days)
  GROUP BY 1, 2, 3, 4)
SELECT p.client, p.service, p.pays, p.funder, p.days - coalesce(b.days, '{}') AS days
FROM payer p LEFT JOIN barred b ON b.client = p.client AND b.service = p.service
WHERE p.funder IS NOT NULL;

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
  int4range(t.day, least(t.day + r.handover_length,
    (SELECT min(day) + 1 FROM discharge x WHERE x.client = t.client AND x.day >= t.day),
    (SELECT min(day) + 1 FROM completion c WHERE c.client = t.client AND c.service = 'case-management' AND c.day >= t.day),
    (SELECT day + 1 FROM death d WHERE d.client = t.client))) AS days
FROM handover t CROSS JOIN rules_asked r
UNION ALL
SELECT t.client, t.service, 'wmo', 'run-out',
  int4range(t.day, least(t.day + r.run_out_length, (SELECT day + 1 FROM death d WHERE d.client = t.client)))
FROM run_out t CROSS JOIN rules_asked r;
ANALYZE run;

-- Paid by who is bound on each day, except where the table has the same payer pay.
CREATE UNLOGGED TABLE run_days AS
SELECT r.client, r.service, r.kind, r.pays,
  CASE r.pays WHEN 'wmo' THEN s.municipality ELSE s.insurer END AS funder,
  (r.days - coalesce(b.days, '{}') - coalesce(t.days, '{}')) * s.days::int4multirange AS days
FROM (SELECT client, service, kind, pays, days::int4multirange AS days FROM run) r
JOIN state s ON s.client = r.client AND s.days::int4multirange && r.days
LEFT JOIN barred b ON b.client = r.client AND b.service = r.service
LEFT JOIN (
  SELECT client, service, pays, range_agg(day) AS days
  FROM table_days, unnest(days) AS day
  WHERE service IN ('case-management', 'guidance', 'day-activities') AND pays <> 'wlz'
    AND client IN (SELECT client FROM run)
  GROUP BY client, service, pays) t ON t.client = r.client AND t.service = r.service AND t.pays = r.pays;

CREATE UNLOGGED TABLE paid AS
WITH
-- Away from the residence: the bed is kept through the last day of the allowance, with consent as long as it lasts. Of
-- leave the allowance is what the calendar year of the departure has left. Of several absences the latest begun governs.
gone AS (SELECT *, int4range(from_day, until_day) AS days FROM absence),
allowed AS (
  SELECT a.*, a.departure + CASE a.reason WHEN 'hospital' THEN r.hospital_absence_days
    ELSE greatest(0, r.leave_absence_days - coalesce((
      SELECT sum(upper(day) - lower(day))::integer FROM (
        SELECT unnest(range_agg(e.days) * int4multirange(int4range(
          (date_trunc('year', DATE '1970-01-01' + a.departure)::date - DATE '1970-01-01'), a.departure + 1))) AS day
        FROM gone e
        WHERE e.client = a.client AND e.reason = 'leave'
          AND (e.from_day < a.from_day OR (e.from_day = a.from_day AND e.place < a.place))) taken), 0)) END AS last_kept,
    int4multirange(a.days) - coalesce((
      SELECT range_agg(l.days) FROM gone l WHERE l.client = a.client
        AND (l.from_day > a.from_day OR (l.from_day = a.from_day AND l.place < a.place))), '{}') AS governed
  FROM gone a CROSS JOIN rules_asked r),
bed AS (
  SELECT client, range_agg(day) AS away, range_agg(day) FILTER (WHERE kept) AS kept
  FROM (
    SELECT client, unnest(governed * int4multirange(int4range(NULL, kept_until))) AS day, true AS kept FROM (
      SELECT *, CASE WHEN EXISTS (SELECT FROM consent c
          WHERE c.client = a.client AND c.day BETWEEN a.departure AND a.last_kept)
        THEN NULL ELSE a.last_kept + 1 END AS kept_until
      FROM allowed a) k
    UNION ALL
    SELECT client, unnest(governed), false FROM allowed) b
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
-- Whoever was bound pays on under the code it has after a merger; merged at most once in those weeks.
bequeathed AS (
  SELECT b.client, b.service, b.kind, b.level, b.funder,
    b.days * int4range(NULL, m.from_day) AS days
  FROM bequest b
  LEFT JOIN succession m ON m.client = b.client AND m.level = b.level AND m.code = b.funder
  UNION ALL
  SELECT b.client, b.service, b.kind, b.level, m.successor, b.days * int4range(m.from_day, NULL)
  FROM bequest b
  JOIN succession m ON m.client = b.client AND m.level = b.level AND m.code = b.funder),
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
  UNION ALL SELECT client, service, kind, level, funder, int4multirange(days) FROM bequeathed
  UNION ALL SELECT client, service, 'joint', 'pool', pool, days FROM pooled)
SELECT client, service, kind, funder_kind, funder, lower(day) AS from_day, upper(day) AS until_day
FROM funded CROSS JOIN rules_asked r CROSS JOIN LATERAL unnest(days * int4multirange(r.period)) AS day
WHERE funder IS NOT NULL;
ANALYZE paid;
