-- Reports by their ids, in the order of the list, with what a quotation shows: no traits, no asides.
SELECT id, source, url, title, text, published_first, published_last, published_basis,
    published_words_start, published_words_end
FROM dated_reports
WHERE list_contains($ids::VARCHAR[], id)
ORDER BY list_position($ids::VARCHAR[], id)
