-- The rows of some layers of a derived table that no later one of them has retired.
SELECT stored.* FROM read_parquet($files) AS stored
LEFT JOIN (
    SELECT part, max(made) AS made FROM read_parquet($retired) GROUP BY part
) AS retired USING (part)
WHERE retired.made IS NULL OR retired.made <= stored.made
