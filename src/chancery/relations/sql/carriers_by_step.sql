-- Rows of a layer from one party to another by step, the strongest of each first.
-- What both do together stands in either direction.
SELECT id, day, actor, target, type, cameo, quad, intensity, actor_raw, target_raw,
    coalesce(directed, true), source_file, source_row, CAST({period} AS DATE) AS step
FROM read_parquet({files}, hive_partitioning = false)
WHERE day BETWEEN $first AND $last
    AND ((actor = $a AND target = $b)
        OR (actor = $b AND target = $a AND NOT coalesce(directed, true)))
QUALIFY row_number() OVER (
    PARTITION BY step ORDER BY abs(intensity) DESC NULLS LAST, mentions DESC NULLS LAST, day, id
) <= $limit
ORDER BY step, abs(intensity) DESC NULLS LAST, mentions DESC NULLS LAST, day, id
