-- Phoenix, in real time and historical. Actors are CAMEO codes; quad class 0 (neutral statements) is left open.
SELECT
    line, stratum, id,
    day_of(day) AS day, day_of(day) AS day_last,
    left(coalesce(source, source_full), 3) AS actor_key,
    coalesce(source_full, source) AS actor_raw,
    source_role AS actor_words,
    left(coalesce(target, target_full), 3) AS target_key,
    coalesce(target_full, target) AS target_raw,
    target_role AS target_words,
    cameo AS deed_key,
    CAST(NULL AS VARCHAR) AS mode,
    nullif(TRY_CAST(quad AS UTINYINT), 0) AS quad,
    TRY_CAST(goldstein AS FLOAT) AS intensity,
    CASE WHEN urls IS NOT NULL THEN len(string_split(urls, ';')) END AS mentions,
    CAST(NULL AS INTEGER) AS sources,
    true AS directed,
    place AS place_key,
    TRY_CAST(lat AS FLOAT) AS lat, TRY_CAST(lon AS FLOAT) AS lon,
    CAST(NULL AS VARCHAR) AS remark,
    CASE WHEN id IS NULL THEN 'no id'
        WHEN day_of(day) IS NULL THEN 'day is not a day'
        WHEN cameo IS NULL THEN 'no event code' END AS reject,
    day AS reject_words
FROM staged
