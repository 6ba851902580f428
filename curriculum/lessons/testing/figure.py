"""Bisecting 64 commits for the first bad one, simulated step by step."""

FIRST_BAD = 23


def spans(first_bad, low=1, high=64):
    found = [(low, high)]
    while low < high:
        middle = (low + high) // 2
        if middle >= first_bad:
            high = middle
        else:
            low = middle + 1
        found.append((low, high))
    return found


def draw(figure, ink):
    axes = figure.add_subplot()
    for step, (low, high) in enumerate(spans(FIRST_BAD)):
        left = high == low
        axes.barh(step, high - low + 1, left=low - 0.5, color=ink.bad if left else ink.one, height=0.62)
        count = high - low + 1
        name = f"commit {low}" if left else f"{count} left"
        if step == 0:
            axes.text(32.5, 0, "64 suspects", ha="center", va="center", color=ink.paper)
        else:
            axes.text(high + 1.5, step, name, va="center")
    axes.set(xlabel="commit", ylabel="tests run", xlim=(0, 65), xticks=[1, 16, 32, 48, 64])
    axes.set_yticks(range(7))
    axes.invert_yaxis()
