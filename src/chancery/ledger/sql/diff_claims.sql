-- Claims that are not the same at two commits. The claims of one run of a report never change, so
-- only reports whose newest run is another one are looked into.
WITH newest_before AS (
    SELECT report, arg_max(run, ordinal) AS run FROM stored_readings
    WHERE added <= $first::BIGINT GROUP BY report
), newest_after AS (
    SELECT report, arg_max(run, ordinal) AS run FROM stored_readings
    WHERE added <= $second::BIGINT GROUP BY report
), moved AS (
    SELECT report, newest_before.run AS was, newest_after.run AS now
    FROM newest_before FULL JOIN newest_after USING (report)
    WHERE newest_before.run IS DISTINCT FROM newest_after.run
), before AS (
    SELECT stored_claims.* EXCLUDE (run, ordinal, added, score),
        was IS NOT NULL AND now IS NOT NULL AS reread
    FROM stored_claims JOIN moved
        ON moved.report = stored_claims.report AND moved.was = stored_claims.run
), after AS (
    SELECT stored_claims.* EXCLUDE (run, ordinal, added, score),
        was IS NOT NULL AND now IS NOT NULL AS reread
    FROM stored_claims JOIN moved
        ON moved.report = stored_claims.report AND moved.now = stored_claims.run
)
SELECT *, false AS later FROM (SELECT * FROM before EXCEPT SELECT * FROM after)
UNION ALL
SELECT *, true AS later FROM (SELECT * FROM after EXCEPT SELECT * FROM before)
ORDER BY later, id
