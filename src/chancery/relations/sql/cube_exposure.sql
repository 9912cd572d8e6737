-- All rows of a step that name a party, on either side; without a party, all rows of the world.
COPY (
    SELECT party, period, CAST(sum(events) AS BIGINT) AS events, sum(weight) AS weight,
        coalesce(sum(weight) FILTER (quad IN (1, 2)), 0) AS cooperation,
        coalesce(sum(weight) FILTER (quad IN (3, 4)), 0) AS conflict
    FROM sides GROUP BY ALL ORDER BY party NULLS FIRST, period
) TO {target} (FORMAT parquet)
