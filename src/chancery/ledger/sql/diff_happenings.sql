-- Happenings that are not the same in two snapshots: those of the earlier one, then of the pinned.
WITH before AS (
    SELECT * EXCLUDE (voices) REPLACE (round(certainty, $digits::INTEGER) AS certainty)
    FROM read_parquet(getvariable('earlier_happenings_files'))
), after AS (
    SELECT * EXCLUDE (voices) REPLACE (round(certainty, $digits::INTEGER) AS certainty)
    FROM happenings
)
SELECT *, false AS later FROM (SELECT * FROM before EXCEPT SELECT * FROM after)
UNION ALL
SELECT *, true AS later FROM (SELECT * FROM after EXCEPT SELECT * FROM before)
ORDER BY later, id
