-- Where claims stand: the report and the words of each, by ids.
SELECT id, report, words_start, words_end FROM claims WHERE list_contains($ids::VARCHAR[], id)
