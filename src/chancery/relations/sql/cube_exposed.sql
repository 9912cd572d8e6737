-- The exposure of one party, or of the world.
SELECT period, events, weight, cooperation, conflict
FROM read_parquet({exposure}) WHERE party IS NOT DISTINCT FROM $party ORDER BY period
