-- The joins that follow from the pinned snapshot.
CREATE VIEW joins AS SELECT * FROM read_parquet(getvariable('joins_files'))
