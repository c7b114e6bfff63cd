-- Days and distinct clients by funder, service, kind and month. A range of days is booked at its two ends, and the
-- months between are a running sum: no row a month is made. Ranges of one client and cell that share a month count
-- the client once less.
WITH
opened AS (
  SELECT p.funder_kind, p.funder, p.service, p.kind, d.month, count(*) AS ranges, sum(p.from_day - d.from_day) AS days
  FROM paid p JOIN day_asked d ON d.day = p.from_day GROUP BY ALL),
closed AS (
  SELECT p.funder_kind, p.funder, p.service, p.kind, d.month, count(*) AS ranges, sum(d.until_day - p.until_day) AS days
  FROM paid p JOIN day_asked d ON d.day = p.until_day - 1 GROUP BY ALL),
-- Most clients have one range in a cell; only the others are put in order.
several AS (
  SELECT client, service, kind, funder_kind, funder FROM paid GROUP BY ALL HAVING count(*) > 1),
shared AS (
  SELECT p.funder_kind, p.funder, p.service, p.kind, d.month, count(*) AS again
  FROM (
    SELECT funder_kind, funder, service, kind, from_day, lag(until_day - 1) OVER of_client AS last_before
    FROM paid SEMI JOIN several USING (client, service, kind, funder_kind, funder)
    WINDOW of_client AS (PARTITION BY client, funder_kind, funder, service, kind ORDER BY from_day)) p
  JOIN day_asked d ON d.day = p.from_day AND p.last_before >= d.from_day
  GROUP BY ALL),
grid AS (
  SELECT c.*, m.month, m.until_day - m.from_day AS month_days
  FROM (SELECT DISTINCT funder_kind, funder, service, kind FROM opened) c CROSS JOIN month_asked m),
booked AS (
  SELECT g.funder_kind, g.funder, g.service, g.kind, g.month, g.month_days,
    sum(coalesce(o.ranges, 0)) OVER upto - sum(coalesce(c.ranges, 0)) OVER upto + coalesce(c.ranges, 0) AS ranges,
    coalesce(o.days, 0) + coalesce(c.days, 0) AS missing, coalesce(s.again, 0) AS again
  FROM grid g
  LEFT JOIN opened o USING (funder_kind, funder, service, kind, month)
  LEFT JOIN closed c USING (funder_kind, funder, service, kind, month)
  LEFT JOIN shared s USING (funder_kind, funder, service, kind, month)
  WINDOW upto AS (PARTITION BY g.funder_kind, g.funder, g.service, g.kind ORDER BY g.month))
SELECT funder_kind, funder, service, kind, month,
  (ranges * month_days - missing)::BIGINT AS days, (ranges - again)::BIGINT AS clients
FROM booked WHERE ranges > 0;
