-- Which outlets tell which happenings, as follows from the pinned snapshot.
CREATE VIEW tellings AS SELECT * FROM read_parquet(getvariable('tellings_files'))
