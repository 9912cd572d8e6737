-- Happenings that are not the same in two snapshots: those of the earlier one, then of the pinned.
WITH retired_before AS (
    SELECT part, max(made) AS made FROM read_parquet(getvariable('earlier_retired_files'))
    GROUP BY part
), before AS (
    SELECT * EXCLUDE (voices, part, made, parties, sorted_on) REPLACE (round(certainty, $digits::INTEGER) AS certainty)
    FROM read_parquet(getvariable('earlier_happenings_files')) AS stored
    WHERE NOT EXISTS (
        FROM retired_before AS gone WHERE gone.part = stored.part AND gone.made > stored.made
    )
), after AS (
    SELECT * EXCLUDE (voices) REPLACE (round(certainty, $digits::INTEGER) AS certainty)
    FROM happenings
)
SELECT *, false AS later FROM (SELECT * FROM before EXCEPT SELECT * FROM after)
UNION ALL
SELECT *, true AS later FROM (SELECT * FROM after EXCEPT SELECT * FROM before)
ORDER BY later, id
