-- Claims of the newest runs with their reports' day and the words they rest on, both last.
SELECT claims.* EXCLUDE (ordinal, added), reports.published_first AS told_on,
    substring(reports.text, claims.words_start + 1, claims.words_end - claims.words_start)
        AS quoted
FROM claims JOIN reports ON reports.id = claims.report
ORDER BY claims.id
