-- COW militarised disputes by dyad. A dispute that lasts into a second year has a row for each: the first is kept.
SELECT
    line, stratum,
    concat_ws('-', dispute, actor, target) AS id,
    first_day(year1, month1, day1) AS day,
    coalesce(final_day(year2, month2, day2), first_day(year1, month1, day1)) AS day_last,
    actor AS actor_key, actor_name AS actor_raw, CAST(NULL AS VARCHAR) AS actor_words,
    target AS target_key, target_name AS target_raw, CAST(NULL AS VARCHAR) AS target_words,
    hiact AS deed_key,
    CAST(NULL AS VARCHAR) AS mode, CAST(NULL AS UTINYINT) AS quad, CAST(NULL AS FLOAT) AS intensity,
    CAST(NULL AS INTEGER) AS mentions, CAST(NULL AS INTEGER) AS sources,
    false AS directed,
    CAST(NULL AS VARCHAR) AS place_key, CAST(NULL AS FLOAT) AS lat, CAST(NULL AS FLOAT) AS lon,
    CASE WHEN TRY_CAST(day1 AS INTEGER) < 1 THEN 'first day not known: the earliest it can be' END AS remark,
    CASE WHEN dispute IS NULL OR actor IS NULL OR target IS NULL THEN 'no id'
        WHEN first_day(year1, month1, day1) IS NULL THEN 'day is not a day'
        WHEN final_day(year2, month2, day2) < first_day(year1, month1, day1)
        THEN 'ends before it begins' END AS reject,
    concat_ws('-', year1, month1, day1) AS reject_words
FROM staged
