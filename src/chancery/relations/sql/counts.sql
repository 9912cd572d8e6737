-- What was written of a file: rows, span, and names that no party was found for.
SELECT count(*), min(day), max(day_last),
    count(*) FILTER (actor IS NULL AND actor_raw IS NOT NULL),
    count(*) FILTER (target IS NULL AND target_raw IS NOT NULL)
FROM read_parquet({parts}, hive_partitioning = false)
