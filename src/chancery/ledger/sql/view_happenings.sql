-- The happenings that follow from the pinned snapshot.
CREATE VIEW happenings AS SELECT * FROM read_parquet(getvariable('happenings_files'))
