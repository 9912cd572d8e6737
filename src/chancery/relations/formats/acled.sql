-- ACLED. The order of the two actors is not who did it to whom, except where civilians are the target. An actor's state
-- is in its name ("Military Forces of …", "Protesters (…)").
SELECT
    line, stratum, id,
    day_of(day) AS day, day_of(day) AS day_last,
    actor AS actor_key, actor AS actor_raw, CAST(NULL AS VARCHAR) AS actor_words,
    target AS target_key, target AS target_raw, CAST(NULL AS VARCHAR) AS target_words,
    lower(coalesce(sub_type, type)) AS deed_key,
    CAST(NULL AS VARCHAR) AS mode,
    CAST(NULL AS UTINYINT) AS quad,
    CAST(NULL AS FLOAT) AS intensity,
    CAST(NULL AS INTEGER) AS mentions, CAST(NULL AS INTEGER) AS sources,
    coalesce(target LIKE 'Civilians%', false) AS directed,
    coalesce(CAST(TRY_CAST(iso AS INTEGER) AS VARCHAR), place) AS place_key,
    TRY_CAST(lat AS FLOAT) AS lat, TRY_CAST(lon AS FLOAT) AS lon,
    CAST(NULL AS VARCHAR) AS remark,
    CASE WHEN id IS NULL THEN 'no id'
        WHEN day_of(day) IS NULL THEN 'day is not a day'
        WHEN type IS NULL THEN 'no event type' END AS reject,
    day AS reject_words
FROM staged
