-- The rows of some layers of a derived table that no later one of them has retired.
SELECT stored.* FROM read_parquet($files) AS stored
WHERE NOT EXISTS (
    FROM (
        SELECT part, max(made) AS made FROM read_parquet($retired) GROUP BY part
    ) AS retired
    WHERE retired.part = stored.part AND retired.made > stored.made
)
