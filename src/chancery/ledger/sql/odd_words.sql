-- The words that make some reports odd: each with the name of its trait.
SELECT report, name, one.words_start, one.words_end
FROM (SELECT report, ordinal, name, unnest(evidence) AS one FROM traits
    WHERE list_contains($reports::VARCHAR[], report))
WHERE one.words_start IS NOT NULL
ORDER BY report, ordinal, one.words_start, one.words_end
