"""Two claims of a ledger laid beside each other: whether they may be one deed, and why."""

from __future__ import annotations

from chancery.ledger.compare import Comparer, Comparison
from chancery.ledger.derive import load_told
from chancery.ledger.faces import Faces
from chancery.ledger.kinship import load_kinship, load_ties
from chancery.ledger.origins import Fetch
from chancery.ledger.policy import load_policy
from chancery.ledger.settled import Settled
from chancery.ledger.weights import load_weights
from chancery.model import Claim


def lay_beside(
    first: Claim, second: Claim, fetch: Fetch, fetch_derived: Fetch, settled: Settled
) -> Comparison:
    """Compare two claims as reconciling does, with what people settled about them."""
    policy = load_policy()
    where = {one.id: one.report for one in (first, second)}
    kinship = load_kinship(fetch, load_ties(fetch_derived), sorted(where.values()))
    told = {one.claim.id: one for one in load_told(fetch, claims=where)}
    maker = Faces(kinship, policy, load_weights())
    faces = []
    for one in (first, second):
        of_one = told[one.id]
        faces.append(maker.make(type(of_one)(
            settled.take(one) or one, of_one.words, of_one.quoted, of_one.published
        )))  # fmt: skip
    return Comparer(policy).compare(*faces)
