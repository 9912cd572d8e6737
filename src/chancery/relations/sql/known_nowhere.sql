-- A layer without a file holds nothing.
SELECT CAST(NULL AS VARCHAR) AS id, CAST(NULL AS DATE) AS day WHERE false
