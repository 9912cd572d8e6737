-- After how many kept rows how many lines of the file are gone.
CREATE OR REPLACE TABLE gaps AS
SELECT unnest(CAST($kept AS BIGINT[])) AS kept, unnest(CAST($gone AS BIGINT[])) AS gone
