-- What tells which of several versions is the newest, without their texts.
SELECT id, source, url, title, published_first, published_last, published_basis,
    published_words_start, published_words_end,
    coalesce(published_last, published_first) AS day, length(text) AS length,
    regexp_matches(lower(text), $corrected) AS corrected,
    regexp_matches(lower(text), $retracted) AND regexp_matches(lower(text), $articles)
        AND len(regexp_extract_all(text, '\S+')) <= $most_words::BIGINT AS retracts,
    md5(trim(regexp_replace(text, '\s+', ' ', 'g'))) AS words
FROM reports
WHERE list_contains($ids::VARCHAR[], id)
ORDER BY id
