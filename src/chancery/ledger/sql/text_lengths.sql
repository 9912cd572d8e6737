-- How long the texts of some reports are, in characters.
SELECT id, length(text)::INTEGER FROM stored_reports WHERE list_contains($ids, id)
