-- The words of some claims, and of their triggers, parties and voices, each stretch of a report once.
WITH asked AS MATERIALIZED (
    SELECT claims.* FROM claims
    SEMI JOIN (SELECT unnest($ids::VARCHAR[]) AS id) AS wanted USING (id)
)
SELECT DISTINCT spans.report, spans.first, spans.last,
    substring(stored_reports.text, spans.first + 1, spans.last - spans.first)
FROM (
    SELECT report, words_start AS first, words_end AS last FROM asked
    UNION ALL SELECT report, trigger_start, trigger_end FROM asked
    UNION ALL SELECT report, voice_name_start, voice_name_end FROM asked
        WHERE voice_name_start IS NOT NULL
    UNION ALL SELECT report, one.words_start, one.words_end FROM (
        SELECT report, unnest(list_concat(actor_mentions, target_mentions)) AS one FROM asked)
) AS spans JOIN stored_reports ON stored_reports.id = spans.report
