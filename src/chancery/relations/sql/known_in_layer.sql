-- The ids and days that the layer holds.
SELECT DISTINCT id, day FROM read_parquet({parts}, hive_partitioning = false)
