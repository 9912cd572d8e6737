-- All rows of a step that name a party, on either side; without a party, all rows of the world; '*'
-- is what passes between parties.
COPY (
    WITH named AS (
        SELECT party, period, quad, events, coalesce(weight, events) AS weight
        FROM sides WHERE party IS NOT NULL
        UNION ALL
        SELECT '*', period, quad, events, coalesce(weight, events)
        FROM sides WHERE once AND apart
        UNION ALL
        SELECT NULL, period, quad, events, coalesce(weight, events) FROM sides WHERE once
    )
    SELECT party, period, CAST(sum(events) AS BIGINT) AS events, sum(weight) AS weight,
        coalesce(sum(weight) FILTER (quad IN (1, 2)), 0) AS cooperation,
        coalesce(sum(weight) FILTER (quad IN (3, 4)), 0) AS conflict
    FROM named GROUP BY ALL ORDER BY party NULLS FIRST, period
) TO {target} (FORMAT parquet)
