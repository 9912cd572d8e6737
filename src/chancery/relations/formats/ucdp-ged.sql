-- UCDP GED. A row may span days, and its deaths are of all of them. Sides are directed only where one kills civilians.
SELECT
    line, stratum, id,
    day_of(first) AS day,
    coalesce(day_of(last), day_of(first)) AS day_last,
    coalesce(nullif(trim(split_part(gwnoa, ';', 1)), ''), actor) AS actor_key,
    actor AS actor_raw,
    actor AS actor_words,
    coalesce(nullif(trim(split_part(gwnob, ';', 1)), ''), target) AS target_key,
    target AS target_raw,
    target AS target_words,
    type AS deed_key,
    CAST(NULL AS VARCHAR) AS mode,
    CAST(NULL AS UTINYINT) AS quad,
    CAST(NULL AS FLOAT) AS intensity,
    CAST(NULL AS INTEGER) AS mentions,
    CASE WHEN TRY_CAST(sources AS INTEGER) > 0 THEN TRY_CAST(sources AS INTEGER) END AS sources,
    coalesce(type = '3', false) AS directed,
    coalesce(country_id, place) AS place_key,
    TRY_CAST(lat AS FLOAT) AS lat, TRY_CAST(lon AS FLOAT) AS lon,
    CASE WHEN TRY_CAST(precision AS INTEGER) > 1 THEN 'day known only within a span' END AS remark,
    CASE WHEN id IS NULL THEN 'no id'
        WHEN day_of(first) IS NULL THEN 'day is not a day'
        WHEN day_of(last) < day_of(first) THEN 'ends before it begins' END AS reject,
    first AS reject_words
FROM staged
