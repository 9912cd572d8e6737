-- The lines whose id and day stand on an earlier line, or in the layer.
CREATE OR REPLACE TABLE doubled AS
WITH suspects AS (
    SELECT DISTINCT line, CAST(id AS VARCHAR) AS id, day FROM plain
    WHERE reject IS NULL AND hash(plain.id, plain.day) IN (FROM keys)
),
known AS ({known})
SELECT s.line, s.id
FROM suspects s LEFT JOIN known k ON k.id = s.id AND k.day = s.day
QUALIFY row_number() OVER (PARTITION BY s.id, s.day ORDER BY s.line) > 1 OR k.id IS NOT NULL
