-- Words that name somebody, in the newest readings: those whose actor stays open, and all names.
SELECT mentions.report, mentions.words_start, mentions.words_end, mentions.name, mentions.actor,
    mentions.candidates,
    substring(stored_reports.text, mentions.words_start + 1,
        mentions.words_end - mentions.words_start) AS words
FROM mentions JOIN stored_reports ON stored_reports.id = mentions.report
WHERE mentions.name IS NOT NULL OR (mentions.actor IS NULL AND len(mentions.candidates) > 1)
ORDER BY mentions.report, mentions.ordinal
