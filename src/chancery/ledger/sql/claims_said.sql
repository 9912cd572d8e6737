-- The claims of the newest runs where a party or a voice may be named by some words, which are
-- folded. Plain words are folded here as there; for all others it is left to whoever asks.
WITH spans AS (
    SELECT id, report, voice_name_start AS first, voice_name_end AS last FROM claims
        WHERE voice_name_start IS NOT NULL
    UNION ALL SELECT id, report, one.words_start, one.words_end FROM (
        SELECT id, report, unnest(list_concat(actor_mentions, target_mentions)) AS one FROM claims)
), told AS (
    SELECT spans.id,
        substring(stored_reports.text, spans.first + 1, spans.last - spans.first) AS words
    FROM spans JOIN stored_reports ON stored_reports.id = spans.report
), met AS (
    SELECT DISTINCT id FROM told
    WHERE list_contains($names::VARCHAR[], trim(regexp_replace(lower(words), '[\t\n\f\r ]+', ' ', 'g')))
        OR NOT regexp_full_match(words, '[\t\n\f\r -~’‘“”–—]*')
)
SELECT claims.* EXCLUDE (ordinal, added) FROM claims SEMI JOIN met USING (id)
