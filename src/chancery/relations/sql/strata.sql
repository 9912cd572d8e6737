-- Rows by stratum.
SELECT stratum, count(*) FROM read_parquet({parts}, hive_partitioning = false)
WHERE stratum IS NOT NULL GROUP BY 1 ORDER BY 1
