-- ICEWS. The set's own country stands for the actor; where it has none, the name is looked up. Facts without countries
-- have names only, and no id: there the same words on one day are one row.
SELECT
    line, stratum,
    coalesce(id, id_of(concat_ws('|', day, source, text, cameo, target))) AS id,
    day_of(day) AS day, day_of(day) AS day_last,
    coalesce(source_state, source) AS actor_key,
    source AS actor_raw,
    coalesce(source_sectors, CASE WHEN source_state IS NOT NULL THEN source END) AS actor_words,
    coalesce(target_state, target) AS target_key,
    target AS target_raw,
    coalesce(target_sectors, CASE WHEN target_state IS NOT NULL THEN target END) AS target_words,
    coalesce(cameo, lower(text)) AS deed_key,
    CAST(NULL AS VARCHAR) AS mode,
    CAST(NULL AS UTINYINT) AS quad,
    TRY_CAST(intensity AS FLOAT) AS intensity,
    CAST(NULL AS INTEGER) AS mentions, CAST(NULL AS INTEGER) AS sources,
    true AS directed,
    place AS place_key,
    TRY_CAST(lat AS FLOAT) AS lat, TRY_CAST(lon AS FLOAT) AS lon,
    CAST(NULL AS VARCHAR) AS remark,
    CASE WHEN day_of(day) IS NULL THEN 'day is not a day'
        WHEN cameo IS NULL AND text IS NULL THEN 'no event code' END AS reject,
    day AS reject_words
FROM staged
