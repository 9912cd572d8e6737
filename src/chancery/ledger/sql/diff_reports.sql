-- Reports that only one of two commits knows, without their texts, and any others asked for.
SELECT id, source, title, published_first, published_last, published_basis,
    published_words_start, published_words_end
FROM reports
WHERE (added <= $first::BIGINT) <> (added <= $second::BIGINT)
    OR list_contains($ids::VARCHAR[], id)
ORDER BY id
