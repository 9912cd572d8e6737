-- The words that lists of happenings show: what their leading claim calls its voice, and its date
-- where that is not known.
WITH shown AS (
    SELECT lead, unnest([
        CASE WHEN voice_kind <> 'own' THEN {'first': voice_name_start, 'last': voice_name_end} END,
        CASE WHEN when_first IS NULL AND when_last IS NULL
            THEN {'first': when_words_start, 'last': when_words_end} END
    ], recursive := true)
    FROM happenings
), placed AS (
    SELECT DISTINCT report, first, last
    FROM shown JOIN claims ON claims.id = lead WHERE first IS NOT NULL
)
SELECT report, first, last, substring(text, first + 1, last - first) AS words
FROM placed JOIN stored_reports ON stored_reports.id = report
