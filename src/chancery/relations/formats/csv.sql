-- Any table whose columns were named with --map. Without an id every line is a row of its own.
SELECT
    line, stratum,
    coalesce(id, concat_ws('-', 'row', getvariable('file_number'), line)) AS id,
    day_of(day) AS day,
    coalesce(day_of(day_last), day_of(day)) AS day_last,
    actor AS actor_key, actor AS actor_raw, replace(actor_sectors, ';', ',') AS actor_words,
    target AS target_key, target AS target_raw, replace(target_sectors, ';', ',') AS target_words,
    coalesce(upper(type), cameo) AS deed_key,
    lower(mode) AS mode,
    TRY_CAST(quad AS UTINYINT) AS quad,
    TRY_CAST(intensity AS FLOAT) AS intensity,
    TRY_CAST(mentions AS INTEGER) AS mentions, TRY_CAST(sources AS INTEGER) AS sources,
    target IS NOT NULL AS directed,
    country AS place_key,
    TRY_CAST(lat AS FLOAT) AS lat, TRY_CAST(lon AS FLOAT) AS lon,
    CAST(NULL AS VARCHAR) AS remark,
    CASE WHEN day_of(day) IS NULL THEN 'day is not a day'
        WHEN day_of(day_last) < day_of(day) THEN 'ends before it begins' END AS reject,
    day AS reject_words
FROM staged
