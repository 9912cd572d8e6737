-- The dyad-period table, with the rows from one party to another side by side.
COPY (
    SELECT actor, target, period, type, quad, directed, events,
        coalesce(weight_sum, events) AS weight, intensity_sum, mentions, origins
    FROM base
    WHERE actor IS NOT NULL AND target IS NOT NULL AND {sides}
    ORDER BY actor, target
) TO {target} (FORMAT parquet, ROW_GROUP_SIZE 32768)
