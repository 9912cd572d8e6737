-- All parties, those named most first.
SELECT party FROM read_parquet({exposure}) WHERE party IS NOT NULL AND party <> '*'
GROUP BY party ORDER BY sum(events) DESC, party
