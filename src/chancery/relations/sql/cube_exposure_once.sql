-- The same where one deed may stand in several rows, one for each pair: each deed counts once.
COPY (
    WITH named AS (
        SELECT id, day, quad, weight, unnest(list_distinct(
            [actor, target, '', CASE WHEN actor <> target THEN '*' END])) AS party
        FROM told
    ), once AS (
        SELECT party, id, CAST({period} AS DATE) AS period, any_value(quad) AS quad,
            any_value(weight) AS weight
        FROM named WHERE party IS NOT NULL GROUP BY party, id, period
    )
    SELECT nullif(party, '') AS party, period, count(*) AS events, sum(weight) AS weight,
        coalesce(sum(weight) FILTER (quad IN (1, 2)), 0) AS cooperation,
        coalesce(sum(weight) FILTER (quad IN (3, 4)), 0) AS conflict
    FROM once GROUP BY ALL ORDER BY 1 NULLS FIRST, 2
) TO {target} (FORMAT parquet)
