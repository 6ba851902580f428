"""Each part on its own: order of the log, gradients, trees, surprises, blend, measures, baselines."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.special import expit
from threadpoolctl import threadpool_limits

from journeyman.learner.tracing import Log, Response
from journeyman.learner.tracing.baselines import BASELINES
from journeyman.learner.tracing.blend import Blend
from journeyman.learner.tracing.contexts import Surprises
from journeyman.learner.tracing.inner import Inner
from journeyman.learner.tracing.linear import Linear
from journeyman.learner.tracing.measures import auc, ece, interval, quality
from journeyman.learner.tracing.norms import Norms, logit, sigmoid
from journeyman.learner.tracing.plain import ENOUGH, Plain
from journeyman.learner.tracing.recurrent import Recurrent
from journeyman.learner.tracing.state import FEATURES, LearnerState
from journeyman.learner.tracing.trees import Forest


def test_a_log_is_grouped_by_learner_and_ordered_by_time():
    rows = [("b", 3.0), ("a", 9.0), ("b", 1.0), ("a", 2.0)]
    log = Log.of(Response(who, f"{who}{when}", ("s",), True, when) for who, when in rows)
    assert [log.items[code] for code in log.item] == ["b1.0", "b3.0", "a2.0", "a9.0"]
    assert list(log.spans()) == [(0, 2), (2, 4)]


def test_times_that_never_change_are_unknown_and_keep_the_order_of_arrival():
    log = Log.of(Response(who, str(row), ("s",), True, 7.0) for row, who in enumerate("abab"))
    assert np.isnan(log.time).all()
    assert [log.items[code] for code in log.item] == ["0", "2", "1", "3"]


def test_norms_shrink_items_to_skills_and_skills_to_the_overall_rate():
    rows = [Response("a", "seen", ("easy",), True)] * 40 + [
        Response("a", "hard", ("dull",), False)
    ] * 40
    norms = Norms.of(Log.of([*rows, Response("a", "once", ("dull",), True)]))
    easy, dull = norms.of_skills(("easy",)), norms.of_skills(("dull",))
    assert easy.easiness > norms.overall.easiness > dull.easiness
    assert dull.easiness < norms.of_item("once", ("dull",)).easiness < norms.overall.easiness
    assert norms.of_item("new", ("dull",)).easiness == dull.easiness
    assert norms.of_item("new", ("unheard",)).easiness == norms.overall.easiness
    assert sigmoid(logit(0.3)) == pytest.approx(0.3)


def test_features_are_finite_with_and_without_times(log):
    state = LearnerState(Norms.of(log))
    for row in range(40):
        item, skills = log.items[log.item[row]], log.skill_sets[log.skills[row]]
        for time in (None, float(log.time[row])):
            found = state.features(item, skills, time)
            assert len(found) == len(FEATURES)
            assert np.isfinite(found).all()
        state.update(item, skills, correct=row % 3 == 0, time=float(log.time[row]))
    assert state.count == 40


def test_the_linear_model_recovers_weights_and_ignores_constants():
    rng = np.random.default_rng(0)
    dense = np.column_stack([rng.normal(5, 2, 4000), np.ones(4000)]).astype(np.float32)
    codes = rng.integers(3, size=4000)
    terms = csr_matrix((np.ones(4000), codes, np.arange(4001)), shape=(4000, 3))
    truth = 0.8 * (dense[:, 0] - 5) + np.array([-1.0, 0.0, 1.0])[codes]
    found = Linear.fit(dense, terms, (rng.random(4000) < expit(truth)).astype(float))
    assert found.weights[0] == pytest.approx(0.8, abs=0.08)
    assert found.weights[1] == 0
    assert found.term_weights[2] - found.term_weights[0] == pytest.approx(2.0, abs=0.3)


def test_the_networks_gradient_is_right(log):
    small = log.take(np.arange(4))
    network = Recurrent.fit(small, np.zeros(len(small)), epochs=1)
    rng = np.random.default_rng(1)
    for name, value in network.weights.items():
        network.weights[name] = (value + rng.normal(0, 0.2, value.shape)).astype(np.float64)
    data, zero = network.sequences(small), np.zeros(len(small))

    def loss():
        logits = network.logits(small, zero)
        return np.logaddexp(0, logits).sum() - small.correct @ logits

    slopes = network.gradient(data, data.spans, zero, small.correct)
    for name, value in network.weights.items():
        flat, slope = value.reshape(-1), slopes[name].reshape(-1)
        for place in rng.choice(len(flat), 5):
            kept = flat[place]
            sides = []
            for step in (1e-3, -1e-3):
                flat[place] = kept + step
                sides.append(loss())
            flat[place] = kept
            assert (sides[0] - sides[1]) / 2e-3 == pytest.approx(slope[place], abs=2e-3), name


def test_the_network_learns_what_order_means():
    """The next answer repeats the last one; nothing else is informative."""
    rng = np.random.default_rng(0)
    rows = []
    for who in range(80):
        correct = True
        for _ in range(30):
            correct = bool(correct) if rng.random() < 0.9 else not correct
            rows.append(Response(str(who), str(rng.integers(4)), ("s",), correct))
    log = Log.of(rows)
    train, test = log.take(np.arange(60)), log.take(np.arange(60, 80))
    network = Recurrent.fit(train, np.zeros(len(train)), epochs=60)
    assert auc(test.correct, network.logits(test, np.zeros(len(test)))) > 0.8


def test_our_walk_gives_scikit_learns_probabilities():
    from sklearn.ensemble import HistGradientBoostingClassifier

    rng = np.random.default_rng(0)
    rows = rng.normal(size=(3000, 6)).astype(np.float32)
    correct = (rng.random(3000) < expit(rows[:, 0] * rows[:, 1])).astype(int)
    with threadpool_limits(limits=1):
        model = HistGradientBoostingClassifier(max_iter=30, random_state=0).fit(rows, correct)
    forest = Forest._export(model)
    with threadpool_limits(limits=1):
        theirs = model.predict_proba(rows)[:, 1]
    np.testing.assert_allclose(expit(forest.many(rows)), theirs, atol=1e-9)
    singles = [forest.one(row) for row in rows[:50]]
    np.testing.assert_allclose(singles, forest.many(rows[:50]), atol=1e-9)
    few = forest.first(7).many(rows)
    assert np.allclose(next(forest.stages(rows, 7)), few)


def test_a_tree_of_one_leaf():
    rows, correct = np.zeros((100, 2), dtype=np.float32), np.arange(100) % 2.0
    forest = Forest.fit(rows, correct, trees=3)
    assert forest.one(rows[0]) == pytest.approx(forest.many(rows)[0])


def test_surprises_are_zero_where_nothing_is_known():
    codes = np.array([[0], [0], [1]])
    found = Surprises.of(codes, np.zeros(3), np.array([1.0, 1.0, 0.0]), 3)
    assert found.values[0] > 0 > found.values[1]
    assert found.read(np.array([[-1, 2]])).tolist() == [[0.0, 0.0]]


def test_the_blend_calibrates_and_stays_near_its_prior_with_few_answers():
    rng = np.random.default_rng(0)
    truth = rng.normal(0, 1, 20000)
    correct = (rng.random(20000) < expit(truth)).astype(float)
    over = np.column_stack([3 * truth + 1, rng.normal(size=20000)])
    found = Blend.fit(over, correct, np.array([1.0, 0.0]))
    assert found.weights == pytest.approx([1 / 3, 0.0], abs=0.05)
    few = Blend.fit(over[:4], correct[:4], np.array([1.0, 0.0]))
    assert few.weights == pytest.approx([1.0, 0.0], abs=0.2)


def test_plain_models_fade_as_the_log_grows():
    shares = []
    for count in (50, 5000, ENOUGH):
        dense = np.zeros((count, len(FEATURES)), dtype=np.float32)
        found = Plain.fit(dense, csr_matrix((count, 1)), [("item", "a")], np.arange(count) % 2.0)
        shares.append(0.0 if found is None else found.share)
    assert shares[0] > 0.9 > shares[1] > 0.0 == shares[2]


def test_plain_models_mix_one_answer_as_they_mix_many():
    """Sparse terms other than items, skills and counts have no weight."""
    rng = np.random.default_rng(0)
    dense = rng.normal(size=(200, len(FEATURES))).astype(np.float32)
    terms = csr_matrix(rng.integers(2, size=(200, 2)).astype(float))
    right = terms.toarray()[:, 0]
    plain = Plain.fit(dense, terms, [("item", "a"), ("last", "a", "1")], right)
    assert plain.linear.term_weights[0] > 1.0
    assert plain.linear.term_weights[1] == 0.0
    rich = rng.normal(size=200)
    many = plain.mix(rich, dense, terms)
    pairs = list(enumerate(terms.toarray()[7]))
    assert plain.mix_one(rich[7], dense[7], pairs) == pytest.approx(many[7], abs=1e-5)
    assert abs(many - rich).max() > 0.1


def test_measures():
    correct = np.array([0.0, 1.0, 1.0, 0.0])
    assert auc(correct, np.array([0.1, 0.9, 0.4, 0.4])) == pytest.approx(0.875)
    assert auc(np.ones(3), np.full(3, 0.5)) is None
    half = quality(correct, np.full(4, 0.5))
    assert half.log_loss == pytest.approx(np.log(2))
    assert (half.rmse, half.ece, half.auc) == (0.5, 0.0, 0.5)
    assert ece(np.ones(10), np.full(10, 0.8)) == pytest.approx(0.2)


def test_the_interval_draws_learners_not_answers():
    rng = np.random.default_rng(0)
    learner = np.repeat(np.arange(50), 100)
    value = rng.normal(size=50)[learner]
    low, high = interval(learner, value)
    assert low < value.mean() < high
    assert high - low == pytest.approx(2 * 1.96 * value.std() / np.sqrt(50), rel=0.25)


@pytest.mark.parametrize("name", BASELINES)
def test_baselines_rank_other_learners(name, log, others):
    found = quality(others.correct, BASELINES[name](log, others))
    assert found.auc > 0.55
    assert found.log_loss < 0.7


@pytest.mark.slow
def test_what_the_trees_read_of_an_answer_does_not_contain_it(log):
    """Turn one learner's answers round: what is known before the first of them stays the same."""
    turned = np.where(log.learner == 0, 1 - log.correct, log.correct)
    kept, changed = Inner.fit(log, 0), Inner.fit(replace(log, correct=turned), 0)
    first = int(np.flatnonzero(log.learner == 0)[0])
    width = len(FEATURES)
    np.testing.assert_allclose(changed.columns[first, :width], kept.columns[first, :width])
    # the others' features are measured against norms in which the learner has a small part
    np.testing.assert_allclose(
        changed.columns[first, width:], kept.columns[first, width:], atol=0.05
    )
