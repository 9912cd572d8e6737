-- On whose word each claim of the newest readings is: the words of the voices that it came through,
-- from the outermost, and what follows a verb of telling ("told the Gazette").
SELECT claims.id, claims.report, stored_reports.source,
    list_filter(list_append(
        list_transform(coalesce(claims.voice_chain, []),
            lambda one: substring(text, one.outer_start + 1, one.outer_end - one.outer_start)),
        substring(text, claims.voice_name_start + 1,
            claims.voice_name_end - claims.voice_name_start)),
        lambda words: words IS NOT NULL),
    CASE WHEN substring(text, claims.voice_cue_start + 1,
        claims.voice_cue_end - claims.voice_cue_start) = 'told'
        THEN substring(text, claims.voice_cue_end + 1, $told) END
FROM claims JOIN stored_reports ON stored_reports.id = claims.report
WHERE $new_reports IS NULL OR list_contains($new_reports, claims.report)
ORDER BY claims.report, claims.id
