"""Policies: episodes on hidden seeds, the environment in the judge and never in the child.

The child gets observations and answers with actions; it never holds the environment, its state or
its seed. Episodes run in lockstep, so that one question serves all of them. The seeds come from the
hash of the code: nobody can know them before the code is final.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pyarrow as pa

from journeyman.competitions.arena import Arena, Child, CodeFellShort
from journeyman.competitions.entry import Competition, Rules
from journeyman.competitions.home import Solution
from journeyman.core.exercise import Limits
from journeyman.errors import Unavailable
from journeyman.sandbox import values as v
from journeyman.sandbox.revive import revive
from journeyman.scoring.metric import Numbers, Truth

LIMITS = Limits(cpu_seconds=120.0, wall_seconds=300.0, memory_mb=1024)
APPENDED = """

def _journeyman_begin(episodes):
    global _journeyman_policies
    made = globals().get("Policy")
    _journeyman_policies = [made() for _ in range(episodes)] if made else None

def _journeyman_act(numbers, observations):
    if _journeyman_policies is None:
        return [act(one) for one in observations]
    return [_journeyman_policies[n].act(one) for n, one in zip(numbers, observations)]
"""


def solution(rules: Rules) -> Solution:
    """The rows of a policy's result: episodes, the first half of them public."""
    many = 2 * rules.episodes
    public = np.arange(many) < rules.episodes
    return Solution(pa.array(np.arange(many)), Truth(np.zeros(many)), public)


def play(arena: Arena, competition: Competition, code: str) -> Numbers:
    """The return of each episode, shape (2 * episodes,): the public ones, then the private ones.

    Raises:
        CodeFellShort: the code fails or answers with no action.
        Unavailable: the environment is not installed here.
    """
    rules = competition.rules
    if rules is None:
        raise AssertionError
    environments = [_make(rules) for _ in range(2 * rules.episodes)]
    entry = "Policy" if "class Policy" in code else "act"
    try:
        with arena.child(code, (entry,), tier="numpy", limits=LIMITS, appended=APPENDED) as child:
            return _episodes(child, rules, environments, code)
    finally:
        for environment in environments:
            environment.close()


def _make(rules: Rules) -> Any:
    import gymnasium  # noqa: PLC0415 - only policies need it

    try:
        return gymnasium.make(rules.environment, max_episode_steps=rules.longest)
    except (gymnasium.error.Error, ImportError) as error:
        text = str(error).splitlines()[0][:200]
        raise Unavailable(f"{rules.environment} cannot be started here: {text}") from error


def seed_of(code: str, episode: int) -> int:
    """The seed of one episode, from the hash of the code."""
    return int(hashlib.sha256(f"{episode}\0{code}".encode()).hexdigest()[:8], 16) >> 1


def _episodes(child: Child, rules: Rules, environments: list[Any], code: str) -> Numbers:
    child.call("_journeyman_begin", len(environments), doing="When the policies are made")
    seen = [
        environment.reset(seed=seed_of(code, n))[0] for n, environment in enumerate(environments)
    ]
    returns = np.zeros(len(environments))
    live = list(range(len(environments)))
    for _ in range(rules.longest):
        observations = np.stack([np.asarray(seen[n]) for n in live])
        answer = child.call("_journeyman_act", live, observations, doing="In act")
        actions = _actions(answer, environments[0].action_space, len(live))
        still = []
        for n, action in zip(live, actions, strict=True):
            seen[n], reward, over, cut, _ = environments[n].step(action)
            returns[n] += float(reward)
            if not (over or cut):
                still.append(n)
        live = still
        if not live:
            break
    return returns


def _actions(answer: Any, space: Any, many: int) -> list[Any]:
    if not isinstance(answer, list) or len(answer) != many:
        raise CodeFellShort("act should return one action for one observation.")
    found = []
    for one in answer:
        action = revive(one) if isinstance(one, v.Array) else one
        made: Any = np.asarray(action)
        if space.shape == () and made.shape == () and made.dtype.kind in "iub":
            made = space.dtype.type(made)
        elif made.dtype.kind in "iuf":
            made = made.astype(space.dtype)
        if not space.contains(made):
            raise CodeFellShort(f"act returns {str(action)[:80]}, which is no action of {space}.")
        found.append(made)
    return found
