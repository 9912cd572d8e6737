-- Which happenings bear on others, as follows from the pinned snapshot.
CREATE VIEW links AS SELECT * FROM read_parquet(getvariable('links_files'))
