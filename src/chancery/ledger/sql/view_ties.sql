-- Why reports have one root, as follows from the pinned snapshot.
CREATE VIEW ties AS SELECT * FROM read_parquet(getvariable('ties_files'))
