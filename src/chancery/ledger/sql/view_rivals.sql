-- The values of disputed fields, side by side, as follows from the pinned snapshot.
CREATE VIEW rivals AS SELECT * FROM read_parquet(getvariable('rivals_files'))
