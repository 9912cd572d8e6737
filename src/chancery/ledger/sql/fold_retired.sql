-- The parts that some layers have retired; none where they rest on nothing.
SELECT part, max(made) AS made FROM read_parquet($retired) WHERE $keep GROUP BY part ORDER BY part
