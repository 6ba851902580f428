"""Deep knowledge tracing on items (Piech and others 2015), tuned: the peer to beat.

An LSTM reads the embedding of (item, outcome) plus that of (skills, outcome) and is read by the
next item's embedding plus its skills'. That is more than the original, which had no items in the
output of large logs and no skills beside them. Width and dropout are chosen by validation on a
tenth of the training learners, after training on at most ``TUNED_ON`` answers of the others; the
chosen network is then trained on all nine tenths and stopped early on the tenth. Our own code;
needs torch.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import torch
from torch import Tensor, nn

from journeyman.learner.tracing import Log
from journeyman.learner.tracing.log import Floats, Rows

WIDTHS = (64, 128)
DROPOUTS = (0.25, 0.5)
EPOCHS = 20
PATIENCE = 2
"""Epochs without a better validation loss before training stops."""
TUNED_ON = 60_000
BATCH = 16
"""Learners side by side."""
STRETCH = 100
"""Answers through which gradients flow back; the state is carried on."""


@dataclass(frozen=True)
class Codes:
    """A log in codes that the network knows; 0 is an item or set of skills new to it."""

    log: Log
    item: Rows
    skills: Rows

    @classmethod
    def of(cls, log: Log, train: Log) -> Codes:
        """Number the items and skill sets of ``train``."""
        items, sets = _codes(train.item, len(log.items)), _codes(train.skills, len(log.skill_sets))
        return cls(log, items[log.item], sets[log.skills])


@dataclass(frozen=True)
class Setting:
    """Width of every layer, dropout, and the rate of Adam."""

    width: int
    dropout: float
    rate: float


def _codes(seen: Rows, size: int) -> Rows:
    found = np.zeros(size, dtype=np.int64)
    distinct = np.unique(seen)
    found[distinct] = np.arange(1, len(distinct) + 1)
    return found


class Dkt(nn.Module):
    """Logits of a batch of learners, one stretch of answers at a time."""

    def __init__(self, items: int, sets: int, width: int, dropout: float) -> None:
        super().__init__()
        self.item_in = nn.Embedding(2 * items, width)
        self.skill_in = nn.Embedding(2 * sets, width)
        self.lstm = nn.LSTM(width, width, batch_first=True)
        self.dropout = nn.Dropout(dropout)
        self.item_out = nn.Embedding(items, width)
        self.skill_out = nn.Embedding(sets, width)
        self.bias = nn.Embedding(items, 1)
        for table in (self.item_in, self.skill_in, self.item_out, self.skill_out):
            nn.init.normal_(table.weight, std=0.1)
        nn.init.zeros_(self.bias.weight)

    def forward(
        self, last: tuple[Tensor, Tensor, Tensor], now: tuple[Tensor, Tensor], state: State
    ) -> tuple[Tensor, State]:
        """Logits of the items ``now`` after the answers ``last``, and the carried state."""
        item, skills, right = last
        read = self.item_in(2 * item + right) + self.skill_in(2 * skills + right)
        hidden, state = self.lstm(self.dropout(read), state)
        item, skills = now
        out = self.item_out(item) + self.skill_out(skills)
        logits = (self.dropout(hidden) * out).sum(-1) + self.bias(item).squeeze(-1)
        return logits, state


State = tuple[Tensor, Tensor] | None


def predict(
    train: Log, test: Log, *, rate: float, seed: int = 0
) -> tuple[Floats, dict[str, object]]:
    """Tune and train on some learners, predict others.

    Args:
        train: Learners to tune and train on.
        test: Other learners.
        rate: Of Adam, in tuning and training.
        seed: Of the parts, first weights and order.

    Returns:
        Probability of each answer of ``test``, and what was chosen.
    """
    torch.set_num_threads(1)
    started = time.process_time()
    rng = np.random.default_rng(seed)
    learners = rng.permutation(train.present())
    held = learners[: max(1, len(learners) // 10)]
    fit, check = _split(train, held)
    few = _few(fit, rng)
    best = (np.inf, 0, 0.0)
    for width, dropout in product(WIDTHS, DROPOUTS):
        _, loss, epochs = _train(
            few, Codes.of(check.log, few.log), Setting(width, dropout, rate), seed
        )
        print(f"    dkt {width} {dropout}: {loss:.4f} after {epochs} epochs", flush=True)
        best = min(best, (loss, width, dropout))
    _, width, dropout = best
    network, loss, epochs = _train(fit, check, Setting(width, dropout, rate), seed)
    found = _logits(network, Codes.of(test, fit.log))
    seconds = time.process_time() - started
    notes = {"width": width, "dropout": dropout, "epochs": epochs, "validation": round(loss, 4)}
    return 1.0 / (1.0 + np.exp(-found)), notes | {"fit CPU s": round(seconds)}


def _split(train: Log, held: Rows) -> tuple[Codes, Codes]:
    out = np.isin(train.learner, held)
    fit, check = train.rows(np.flatnonzero(~out)), train.rows(np.flatnonzero(out))
    return Codes.of(fit, fit), Codes.of(check, fit)


def _few(fit: Codes, rng: np.random.Generator) -> Codes:
    """At most so many answers, of learners drawn by chance."""
    learners = rng.permutation(fit.log.present())
    share = min(1.0, TUNED_ON / len(fit.log))
    log = fit.log.take(learners[: int(np.ceil(share * len(learners)))])
    return Codes.of(log, log)


def _train(fit: Codes, check: Codes, setting: Setting, seed: int) -> tuple[Dkt, float, int]:
    """The network at its best epoch, its validation loss and that epoch."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    items, sets = int(fit.item.max()) + 1, int(fit.skills.max()) + 1
    network = Dkt(items, sets, setting.width, setting.dropout)
    adam = torch.optim.Adam(network.parameters(), lr=setting.rate)
    best, kept, at = np.inf, network.state_dict(), 0
    for epoch in range(1, EPOCHS + 1):
        network.train()
        for batch in _batches(fit, rng):
            _epoch(network, adam, fit, batch)
        mixed = _logits(network, check)
        loss = float((np.logaddexp(0.0, mixed) - check.log.correct * mixed).mean())
        if loss < best:
            best, kept, at = loss, copy.deepcopy(network.state_dict()), epoch
        elif epoch - at >= PATIENCE:
            break
    network.load_state_dict(kept)
    return network, best, at


def _epoch(
    network: Dkt, adam: torch.optim.Optimizer, codes: Codes, batch: list[tuple[int, int]]
) -> None:
    state: State = None
    for last, now, right, real, _ in _stretches(codes, batch):
        logits, (one, two) = network(last, now, _narrow(state, len(right)))
        state = (one.detach(), two.detach())
        loss = nn.functional.binary_cross_entropy_with_logits(logits, right, reduction="none")
        adam.zero_grad()
        ((loss * real).sum() / real.sum()).backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        adam.step()


def _logits(network: Dkt, codes: Codes) -> Floats:
    network.eval()
    found = np.empty(len(codes.log))
    with torch.no_grad():
        for batch in _batches(codes, None):
            state: State = None
            for last, now, _, real, rows in _stretches(codes, batch):
                logits, state = network(last, now, _narrow(state, len(rows)))
                found[rows[real.numpy() > 0]] = logits.numpy()[real.numpy() > 0]
    return found


def _narrow(state: State, count: int) -> State:
    """Learners who have finished stand last and leave."""
    if state is None:
        return None
    return state[0][:, :count].contiguous(), state[1][:, :count].contiguous()


def _batches(codes: Codes, rng: np.random.Generator | None) -> Iterator[list[tuple[int, int]]]:
    """Learners of about equal length, longest first within a batch, batches in random order."""
    spans = sorted(codes.log.spans(), key=lambda span: span[0] - span[1])
    batches = [spans[at : at + BATCH] for at in range(0, len(spans), BATCH)]
    for place in rng.permutation(len(batches)) if rng else range(len(batches)):
        yield batches[place]


def _stretches(
    codes: Codes, batch: list[tuple[int, int]]
) -> Iterator[tuple[tuple[Tensor, Tensor, Tensor], tuple[Tensor, Tensor], Tensor, Tensor, Rows]]:
    """Answers before, items now, outcomes now, which are real, and their rows."""
    right = codes.log.correct.astype(np.int64)
    for begin in range(0, batch[0][1] - batch[0][0], STRETCH):
        going = [(first, end) for first, end in batch if first + begin < end]
        size = min(STRETCH, going[0][1] - going[0][0] - begin)
        starts = np.array([first for first, _ in going])[:, None]
        ends = np.array([end for _, end in going])[:, None]
        rows = starts + begin + np.arange(size)
        real = rows < ends
        rows = np.minimum(rows, ends - 1)
        fresh = rows == starts
        before = np.maximum(rows - 1, 0)
        item, skills = (np.where(fresh, 0, one[before]) for one in (codes.item, codes.skills))
        outcome = np.where(fresh, 0, right[before])
        yield (
            (torch.from_numpy(item), torch.from_numpy(skills), torch.from_numpy(outcome)),
            (torch.from_numpy(codes.item[rows]), torch.from_numpy(codes.skills[rows])),
            torch.from_numpy(right[rows].astype(np.float32)),
            torch.from_numpy(real.astype(np.float32)),
            rows,
        )
