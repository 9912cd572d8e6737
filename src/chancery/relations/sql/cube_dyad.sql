-- All cells of one pair, both ways; each way is a stretch of the file.
SELECT actor, directed, period, type, quad, events, coalesce(weight, events) AS weight, intensity_sum,
    coalesce(mentions, 0) AS mentions, coalesce(origins, 0) AS origins
FROM (
    SELECT * FROM read_parquet({cells}) WHERE actor = $a AND target = $b
    UNION ALL
    SELECT * FROM read_parquet({cells}) WHERE actor = $b AND target = $a AND $a <> $b
)
ORDER BY actor, directed, period, type, quad
