"""Questions about forecasts: what became of them."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.ledger.material import Material
from chancery.ledger.questions import GAP, Passage, Question, answer, numbered
from chancery.line import write_days
from chancery.model import Forecast, Outcome

STATES = ("borne out", "partly", "not borne out", "overtaken", "not testable")


def ask_outcomes(material: Material) -> Iterator[Question]:
    """Ask whether a forecast came about where there is evidence, or where its last day has gone."""
    outcomes = {one.forecast: one for one in material.outcomes}
    newest = material.last_day
    for forecast in material.forecasts:
        outcome = outcomes.get(forecast.id)
        last = forecast.deadline.last if forecast.deadline else None
        overdue = bool(last and newest and last < newest)
        if outcome and outcome.decided:
            continue
        evidence = outcome.evidence if outcome else ()
        if overdue or evidence:
            yield _outcome(forecast, outcome, evidence, material)


def _outcome(
    forecast: Forecast, outcome: Outcome | None, evidence: tuple[str, ...], material: Material
) -> Question:
    shown = " ".join(("", *evidence)).rstrip()
    proposed = outcome.state if outcome and evidence else None
    states = sorted(STATES, key=lambda state: state != proposed)
    deadline = forecast.deadline
    by = f", {write_days(deadline.first, deadline.last)}" if deadline and deadline.known else ""
    reasons = [outcome.because] if outcome and outcome.because else []
    if not evidence:
        reasons.append("its last day has gone, and no report of this ledger bears on it")
    return Question(
        kind="outcome",
        about=forecast.id,
        topic="outcome",
        words=f"What became of it: “{GAP}”{by}?",
        options=numbered(
            *(
                answer(state, forecast.id, f"outcome {state}{shown}", claims=evidence)
                for state in states
            ),
            answer("nothing here tells: open", forecast.id, "outcome open", key="x"),
        ),
        passages=(
            Passage(report=forecast.report, span=forecast.span),
            *material.quote(evidence),
        ),
        reasons=tuple(reasons),
        settled_by=("outcome",),
        touches=material.touched(evidence, [forecast.report]),
    )
