-- Every reading of every report, with whether it is the newest.
CREATE VIEW readings AS
SELECT stored.*, stored.ordinal = newest.ordinal AS newest
FROM stored_readings AS stored JOIN newest USING (report)
