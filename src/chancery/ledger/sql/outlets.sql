-- The outlets that reports state, each once.
SELECT DISTINCT source FROM stored_reports WHERE source IS NOT NULL ORDER BY source
