-- What became of forecasts, as follows from the pinned snapshot.
CREATE VIEW outcomes AS SELECT * FROM read_parquet(getvariable('outcomes_files'))
