-- Who says what, as follows from the pinned snapshot.
CREATE VIEW sayings AS SELECT * FROM read_parquet(getvariable('sayings_files'))
