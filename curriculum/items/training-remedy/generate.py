"""Match what a loss curve shows with the change that addresses its cause."""

CUT = "divide the learning rate by 10 from the start"
DECAY = "let the learning rate decay as training goes on"
MOMENTUM = "keep the learning rate and add momentum"
SHUFFLE = "shuffle the examples before every epoch"

# Story, what was recorded: gradient (full or batch), order (shuffled or sorted), trend of the loss.
SITUATIONS = (
    ("A fraud model is trained with shuffled batches of {b} and a constant rate. The loss falls fast, then hovers around one level for {e} epochs, up and down.", "batch", "shuffled", "hovers"),
    ("A demand forecast is trained with shuffled batches of {b}. After a steep start the loss jitters about a level above the known optimum; averages over {e} epochs no longer change.", "batch", "shuffled", "hovers"),
    ("A spam filter learns from shuffled batches of {b}. The weights wander around the solution without settling, epoch after epoch, {e} in all; the rate has been the same throughout.", "batch", "shuffled", "hovers"),
    ("A price model uses the full gradient. In step {e} the loss is larger than in step 1, and each step multiplies it.", "full", "shuffled", "grows"),
    ("A network is trained with shuffled batches of {b}. After {e} steps the loss is `inf`, having risen in every step.", "batch", "shuffled", "grows"),
    ("A load forecast with the full gradient: the weights change sign in every step, each time larger, until `nan` appears in step {e}.", "full", "shuffled", "grows"),
    ("A price model uses the full gradient. One weight zigzags with shrinking swings while the loss creeps down: {e} steps, and it is still falling slowly.", "full", "shuffled", "crawls"),
    ("A clinic's model uses the full gradient on features with a condition number of {k}. The loss falls in every step, but very slowly, and three times the rate diverges.", "full", "shuffled", "crawls"),
    ("A risk score uses the full gradient. Successive gradients nearly cancel across a narrow valley, and progress along it takes {e} steps and more.", "full", "shuffled", "crawls"),
    ("A churn model reads batches of {b} from a file sorted by outcome. Within each epoch the loss swings in the same saw-tooth: first all stayers, then all leavers.", "batch", "sorted", "saws"),
    ("A sales model is trained on batches of {b} in order of branch. At the end of each of {e} epochs it predicts the last branch well and the first ones badly.", "batch", "sorted", "saws"),
    ("A digit classifier gets batches of {b}, all zeros first, then all ones, and so on. Its loss repeats one pattern in each of {e} epochs.", "batch", "sorted", "saws"),
)
WHY = {
    "hovers": "The mini-batch noise does not fade while the rate stays the same: a noise floor. A decaying rate lowers it and keeps the fast start.",
    "grows": "Growth from step to step is the mark of a rate beyond 2 divided by the largest curvature. Only a smaller rate from the start helps.",
    "crawls": "The rate is as large as the steepest direction allows, and the flat one sets the pace. Momentum adds up the steady component and cancels the zigzag.",
    "saws": "Batches in sorted order are not random samples: their gradients are biased for many steps in a row. Shuffling repairs it.",
}
REMEDY = {"hovers": DECAY, "grows": CUT, "crawls": MOMENTUM, "saws": SHUFFLE}
WRONG = {
    CUT: ("rate-cut-for-everything", {
        "hovers": "That shrinks the noise, but it also makes the fast start ten times slower.",
        "crawls": "Smaller steps make the slow direction slower still.",
        "saws": "Smaller steps do not make biased batches random.",
    }),
    DECAY: ("decay-for-everything", {
        "grows": "The trouble is there from the first steps, long before a schedule bites.",
        "crawls": "There is no noise to be removed here; a falling rate slows the progress down.",
        "saws": "A schedule softens the swings in the end, but the batches stay biased.",
    }),
    MOMENTUM: ("momentum-for-everything", {
        "hovers": "Momentum does not remove noise; at the same rate it makes the effective steps larger.",
        "grows": "The steps are too large already. Momentum does not make a rate this large safe.",
        "saws": "Momentum would carry the bias of one group into the next.",
    }),
    SHUFFLE: ("order-for-everything", {
        "hovers": "The examples are shuffled already.",
        "grows": "The order of the examples does not make the loss grow from step to step.",
        "crawls": "The full gradient uses every example in each step; their order does not matter.",
    }),
}  # fmt: skip


def generate(rng):
    story, gradient, order, trend = SITUATIONS[rng.integers(len(SITUATIONS))]
    numbers = {
        "b": int(rng.choice((16, 32, 64, 128))),
        "e": int(rng.choice((20, 30, 40, 50, 80))),
        "k": int(rng.choice((200, 500, 900, 2000))),
    }
    right = REMEDY[trend]
    return {
        "params": {
            "story": story.format(**numbers),
            "why": WHY[trend],
            "gradient": gradient,
            "order": order,
            "trend": trend,
        },
        "answer": right,
        "distractors": [
            {"value": remedy, "misconception": slug, "feedback": feedback[trend]}
            for remedy, (slug, feedback) in WRONG.items()
            if remedy != right
        ],
    }


def check(params):
    """Second route: the rule on what was recorded, applied in order of urgency."""
    if params["trend"] == "grows":
        return CUT
    if params["order"] == "sorted":
        return SHUFFLE
    return MOMENTUM if params["gradient"] == "full" else DECAY
