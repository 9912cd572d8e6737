-- All forecasts of the newest runs.
SELECT forecasts.* EXCLUDE (run, ordinal, added) FROM forecasts ORDER BY forecasts.id
