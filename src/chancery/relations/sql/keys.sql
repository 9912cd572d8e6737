-- Rows that may be doubled, by hashes: most files have none, so that is asked first and cheaply. One line may give
-- several rows where it names several actors.
CREATE OR REPLACE TABLE keys AS
SELECT key FROM (SELECT {distinct} hash(id, day) AS key {line} FROM plain WHERE reject IS NULL)
GROUP BY key HAVING count(*) > 1
