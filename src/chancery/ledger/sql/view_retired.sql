-- Parts that later commits have retired: their older rows follow no more.
CREATE VIEW retired AS
SELECT part, max(made) AS made FROM read_parquet(getvariable('retired_files')) GROUP BY part
