"""How the parties of two claims stand to each other, and their tellers to the parties."""

from __future__ import annotations

from chancery.ledger.faces import Face
from chancery.ledger.weights import load_weights


def share_dyad(first: Face, second: Face) -> bool:
    """Say whether two claims share one party of each side, or two of a mutual deed."""
    actors = {*first.actors} & {*second.actors}
    if first.mutual or second.mutual:
        alone = min(len(first.actors), len(second.actors)) == 1
        return first.mutual == second.mutual and len(actors) > (0 if alone else 1)
    return bool(actors) and not {*first.targets}.isdisjoint(second.targets)


def parties_feature(first: Face, second: Face) -> str:
    """Say how the parties of two claims stand to each other."""
    if first.actors == second.actors and first.targets == second.targets:
        return "parties same"
    sides = ((first.actors, second.actors), (first.targets, second.targets))
    within = any(all({*pair[at]} <= {*pair[not at]} for pair in sides) for at in (0, 1))
    if not within:
        return "parties differing"
    if first.story == second.story:
        return "parties within"
    if are_listed(first, second):
        return "parties listed"
    return "parties guest" if is_guest(first, second) else "parties within elsewhere"


def are_listed(first: Face, second: Face) -> bool:
    """Say whether of two governments that met one lists more of the company than the other.

    Who "spoke with the presidents of A, B and C" mostly spoke to each alone, and so A tells it.
    Three by themselves are as often a talk of three; but where both governments name a third, it is
    the same company, of which one leaves somebody out.
    """
    narrow, wide = sorted((first, second), key=lambda face: len(face.actors))
    both = {first.capital, second.capital}
    if None in both or len(both) == 1 or not first.mutual:
        return False
    if not (both <= {*narrow.actors} < {*wide.actors}):
        return False
    if both < {*narrow.actors}:
        return True
    weights = load_weights()
    return wide.mode not in weights.joint_modes and len(wide.actors) >= weights.least_listed


def is_guest(first: Face, second: Face) -> bool:
    """Say whether one outlet tells that a body met, and another of a guest at such a meeting."""
    narrow, wide = sorted((first, second), key=lambda face: len(face.actors))
    return (
        other_outlets(first, second)
        and first.mutual
        and wide.mode in load_weights().joint_modes
        and len(narrow.actors) == 1
        and len(wide.actors) == len(narrow.actors) + 1
    )


def same_outlet(first: Face, second: Face) -> bool:
    """Say whether one outlet tells both."""
    return first.outlet is not None and first.outlet == second.outlet


def other_outlets(first: Face, second: Face) -> bool:
    """Say whether two outlets tell them, both known."""
    return None not in (first.outlet, second.outlet) and first.outlet != second.outlet


def one_teller(first: Face, second: Face) -> bool:
    """Say whether one report or outlet tells both: then two days are two deeds."""
    return first.report == second.report or same_outlet(first, second)


def capitals_of_both(first: Face, second: Face) -> bool:
    """Say whether two governments tell each of a deed that both states had a part in."""
    return (
        None not in (first.capital, second.capital)
        and first.capital != second.capital
        and first.mutual
        and (first.actors == second.actors or are_listed(first, second))
        and {first.capital, second.capital} <= {*first.actors} & {*second.actors}
    )
