-- What is odd about reports: each piece of evidence for one of some traits.
SELECT report, name, one.reason, one.words_start, one.words_end, one.weight
FROM (SELECT report, ordinal, name, unnest(evidence) AS one FROM traits
    WHERE list_contains($names::VARCHAR[], name))
ORDER BY report, ordinal, one.words_start NULLS FIRST, one.reason
