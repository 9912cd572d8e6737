-- Reports, with the day a person has settled in place of the stored one.
CREATE VIEW dated_reports AS
SELECT stored.* REPLACE (
    CASE WHEN decided.dated THEN decided.first_day ELSE published_first END AS published_first,
    CASE WHEN decided.dated THEN decided.last_day ELSE published_last END AS published_last,
    CASE WHEN NOT coalesce(decided.dated, false) THEN published_basis
        WHEN decided.first_day IS NULL AND decided.last_day IS NULL THEN 'unknown'
        ELSE 'stated' END AS published_basis,
    CASE WHEN NOT coalesce(decided.dated, false) THEN published_words_start END
        AS published_words_start,
    CASE WHEN NOT coalesce(decided.dated, false) THEN published_words_end END
        AS published_words_end
), coalesce(decided.dated, false) AS date_decided, coalesce(decided.withdrawn, false) AS withdrawn
FROM stored_reports AS stored
LEFT JOIN (
    SELECT unnest(
        CAST(getvariable('dates_decided')
            AS STRUCT(report VARCHAR, dated BOOLEAN, first_day DATE, last_day DATE,
                withdrawn BOOLEAN)[]),
        recursive := true)
) AS decided ON decided.report = stored.id
