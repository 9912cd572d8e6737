-- Where one declared stratum follows another.
SELECT min(e.day) FROM read_parquet({files}, hive_partitioning = false) e
GROUP BY e.stratum ORDER BY 1
