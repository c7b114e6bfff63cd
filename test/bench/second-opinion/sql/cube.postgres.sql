-- Days and distinct clients by funder, service, kind and month. A range of days is booked at its two ends, and the
-- months between are a running sum: no row a month is made. Ranges of one client and cell that share a month count
-- the client once less.
WITH
placed AS MATERIALIZED (
  SELECT p.funder_kind, p.funder, p.service, p.kind, f.month AS first_month, l.month AS last_month,
    p.from_day - f.from_day AS before, l.until_day - p.until_day AS after,
    lag(l.month) OVER (PARTITION BY p.client, p.funder_kind, p.funder, p.service, p.kind ORDER BY p.from_day)
      = f.month AS again
  FROM paid p
  JOIN day_asked f ON f.day = p.from_day
  JOIN day_asked l ON l.day = p.until_day - 1),
opened AS (
  SELECT funder_kind, funder, service, kind, first_month AS month, count(*) AS ranges, sum(before) AS days,
    count(*) FILTER (WHERE again) AS again
  FROM placed GROUP BY 1, 2, 3, 4, 5),
closed AS (
  SELECT funder_kind, funder, service, kind, last_month AS month, count(*) AS ranges, sum(after) AS days
  FROM placed GROUP BY 1, 2, 3, 4, 5),
grid AS (
  SELECT c.*, m.month, m.until_day - m.from_day AS month_days
  FROM (SELECT DISTINCT funder_kind, funder, service, kind FROM opened) c CROSS JOIN month_asked m),
booked AS (
  SELECT g.funder_kind, g.funder, g.service, g.kind, g.month, g.month_days,
    sum(coalesce(o.ranges, 0)) OVER upto - sum(coalesce(c.ranges, 0)) OVER upto + coalesce(c.ranges, 0) AS ranges,
    coalesce(o.days, 0) + coalesce(c.days, 0) AS missing, coalesce(o.again, 0) AS again
  FROM grid g
  LEFT JOIN opened o USING (funder_kind, funder, service, kind, month)
  LEFT JOIN closed c USING (funder_kind, funder, service, kind, month)
  WINDOW upto AS (PARTITION BY g.funder_kind, g.funder, g.service, g.kind ORDER BY g.month))
SELECT funder_kind, funder, service, kind, month,
  (ranges * month_days - missing)::bigint AS days, (ranges - again)::bigint AS clients
FROM booked WHERE ranges > 0;
