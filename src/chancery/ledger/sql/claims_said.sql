-- The claims of the newest runs where a party or a voice may be named by some words, which are
-- folded. Plain words are folded here as there; for all others it is left to whoever asks. Only
-- reports that hold a name's first word, or letters that are not plain, are looked into.
WITH here AS MATERIALIZED (
    SELECT id, text FROM stored_reports
    WHERE list_bool_or(list_transform($names::VARCHAR[],
            lambda name: contains(lower(text), split_part(name, ' ', 1))))
        OR regexp_matches(text, '[^\t\n\f\r -~’‘“”–—]')
), likely AS MATERIALIZED (
    SELECT claims.* FROM claims SEMI JOIN here ON here.id = claims.report
), spans AS (
    SELECT id, report, voice_name_start AS first, voice_name_end AS last FROM likely
        WHERE voice_name_start IS NOT NULL
    UNION ALL SELECT id, report, one.words_start, one.words_end FROM (
        SELECT id, report, unnest(list_concat(actor_mentions, target_mentions)) AS one FROM likely)
), told AS (
    SELECT spans.id, substring(here.text, spans.first + 1, spans.last - spans.first) AS words
    FROM spans JOIN here ON here.id = spans.report
), met AS (
    SELECT DISTINCT id FROM told
    WHERE list_contains($names::VARCHAR[], trim(regexp_replace(lower(words), '[\t\n\f\r ]+', ' ', 'g')))
        OR NOT regexp_full_match(words, '[\t\n\f\r -~’‘“”–—]*')
)
SELECT likely.* EXCLUDE (ordinal, added) FROM likely SEMI JOIN met USING (id)
