-- How many rows may be doubled.
SELECT count(*) FROM keys
