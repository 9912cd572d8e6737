-- The world's rows day by day.
SELECT day, events, weight FROM read_parquet({world}) WHERE day IS NOT NULL ORDER BY day
