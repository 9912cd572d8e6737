-- What became of forecasts, where it is not the same in two snapshots.
WITH before AS (SELECT * FROM read_parquet(getvariable('earlier_outcomes_files')))
SELECT *, false AS later FROM (SELECT * FROM before EXCEPT SELECT * FROM outcomes)
UNION ALL
SELECT *, true AS later FROM (SELECT * FROM outcomes EXCEPT SELECT * FROM before)
ORDER BY later, forecast
