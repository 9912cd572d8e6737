-- Statements that foresee, and no part of which is listed as a forecast: nothing in their words says
-- by when, so they stay open.
CREATE VIEW open_ended AS
SELECT told.id FROM statements AS told
ANTI JOIN forecasts AS listed
    ON listed.report = told.report
        AND listed.words_start < told.content_end AND listed.words_end > told.content_start
WHERE told.foresees
