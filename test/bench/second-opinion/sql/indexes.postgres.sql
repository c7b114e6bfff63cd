-- Whole tables are joined by client, so the clients stand in order and a B-tree finds the few that a window concerns.
-- A GiST index on the ranges was tried and is not used: see docs/second-opinion.md.
ALTER TABLE state ADD days int4range GENERATED ALWAYS AS (int4range(from_day, until_day)) STORED;
ALTER TABLE claim ADD days int4range GENERATED ALWAYS AS (int4range(from_day, until_day)) STORED;
ALTER TABLE absence ADD days int4range GENERATED ALWAYS AS (int4range(from_day, until_day)) STORED;
CREATE INDEX state_client ON state (client);
CREATE INDEX claim_client ON claim (client);
CREATE INDEX death_client ON death (client);
CREATE INDEX stay_client ON stay (client);
CREATE INDEX absence_client ON absence (client);
