-- Rows of a layer between two parties in a stretch of days, the strongest first.
SELECT id, day, actor, target, type, cameo, quad, intensity, actor_raw, target_raw,
    coalesce(directed, true), source_file, source_row, count(*) OVER ()
FROM read_parquet({files}, hive_partitioning = false)
WHERE day BETWEEN $first AND $last AND list_contains($quads, quad)
    AND ((actor = $a AND target = $b) OR ($both AND actor = $b AND target = $a))
ORDER BY abs(intensity) DESC NULLS LAST, mentions DESC NULLS LAST, day, id
LIMIT $limit
