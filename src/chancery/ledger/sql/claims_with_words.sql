-- Claims of the newest runs with the words they rest on, last.
SELECT claims.* EXCLUDE (ordinal, added),
    substring(stored_reports.text, claims.words_start + 1, claims.words_end - claims.words_start)
        AS quoted
FROM claims JOIN stored_reports ON stored_reports.id = claims.report
ORDER BY claims.id
