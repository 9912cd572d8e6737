-- GDELT 1.0 and 2.0. Country codes are CAMEO's, places FIPS 10-4; an actor without a country may be a known group.
-- A row whose day lies long before the day it was added is kept and remarked.
WITH typed AS (
    SELECT * REPLACE (
        TRY_CAST(id AS BIGINT) AS id, TRY_CAST(day AS INTEGER) AS day, TRY_CAST(added AS BIGINT) AS added
    ), day AS written FROM staged
),
dated AS (
    SELECT *,
        TRY(make_date(day // 10000, day // 100 % 100, day % 100)) AS happened,
        -- GDELT 2.0 adds the time of day.
        CASE WHEN added > 99999999 THEN added // 1000000 ELSE added END AS added_day
    FROM typed
)
SELECT
    line, stratum, id,
    happened AS day, happened AS day_last,
    actor_key, actor_raw, actor_words, target_key, target_raw, target_words,
    cameo AS deed_key,
    CAST(NULL AS VARCHAR) AS mode,
    TRY_CAST(quad AS UTINYINT) AS quad,
    TRY_CAST(goldstein AS FLOAT) AS intensity,
    TRY_CAST(mentions AS INTEGER) AS mentions,
    TRY_CAST(sources AS INTEGER) AS sources,
    true AS directed,
    place AS place_key,
    TRY_CAST(lat AS FLOAT) AS lat,
    TRY_CAST(lon AS FLOAT) AS lon,
    CASE WHEN TRY(make_date(CAST(added_day // 10000 AS INTEGER),
            CAST(added_day // 100 % 100 AS INTEGER), CAST(added_day % 100 AS INTEGER)))
            - happened > getvariable('long_before')
        THEN 'day long before the row was added' END AS remark,
    CASE WHEN id IS NULL THEN 'no id'
        WHEN happened IS NULL THEN 'day is not a day'
        WHEN cameo IS NULL THEN 'no event code' END AS reject,
    CAST(written AS VARCHAR) AS reject_words
FROM dated
