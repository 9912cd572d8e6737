-- The file's rows in the terms of events, by the step of its format.
CREATE OR REPLACE VIEW plain AS {rows}
