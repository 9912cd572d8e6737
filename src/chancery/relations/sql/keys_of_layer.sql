-- Rows that the layer may hold already.
INSERT INTO keys
SELECT hash(id, day) FROM plain
WHERE reject IS NULL AND hash(id, day) IN (
    SELECT hash({id}, day) FROM read_parquet({parts}, hive_partitioning = false)
    WHERE day BETWEEN (SELECT min(day) FROM plain) AND (SELECT max(day) FROM plain)
)
